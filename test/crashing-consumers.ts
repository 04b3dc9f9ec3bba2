import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestSystem } from './system.ts';

const isConsumer = ({ name }: { name: string }) => name.endsWith('-consumer');

/** Replaces each consumer of a system by one that crashes on some events, before or after its work. */
export class CrashingConsumers {
  readonly #system: TestSystem;
  /** Folder with a file for each crash. */
  readonly #crashes = mkdtempSync(join(tmpdir(), 'crashes-'));

  constructor(system: TestSystem) {
    this.#system = system;
    system.replaceFunctions((definition) => {
      if (!isConsumer(definition)) return undefined;
      const [file = ''] = definition.handler.split('.');
      return {
        ...definition,
        codeDirectory: join(import.meta.dirname, 'functions'),
        handler: 'crashing-consumer.handler',
        environment: {
          ...definition.environment,
          CONSUMER_BUNDLE: join(definition.codeDirectory, `${file}.cjs`),
          CRASHES: this.#crashes,
        },
      };
    });
  }

  /** Restores the consumers; returns the number of crashes. */
  restore(): number {
    this.#system.replaceFunctions((definition) => (isConsumer(definition) ? definition : undefined));
    const crashes = readdirSync(this.#crashes).length;
    rmSync(this.#crashes, { recursive: true });
    return crashes;
  }
}

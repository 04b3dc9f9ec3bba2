import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestSystem } from './system.ts';

const isConsumer = ({ name }: { name: string }) => name.endsWith('-consumer');

/** Puts a consumer that dies over some events, before or after its work, in the place of each consumer of a system. */
export class CrashingConsumers {
  readonly #system: TestSystem;
  /** Where deaths are written down. */
  readonly #deaths = mkdtempSync(join(tmpdir(), 'deaths-'));

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
          CRASHES: this.#deaths,
        },
      };
    });
  }

  /** Puts the consumers back; returns how often one died. */
  end(): number {
    this.#system.replaceFunctions((definition) => (isConsumer(definition) ? definition : undefined));
    const deaths = readdirSync(this.#deaths).length;
    rmSync(this.#deaths, { recursive: true });
    return deaths;
  }
}

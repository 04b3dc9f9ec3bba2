import { join } from 'node:path';
import { Environment } from './environment.ts';
import type { FunctionDefinition } from './function-definition.ts';
import type { VersionPool } from './function-versions.ts';

export interface EnvironmentsOptions {
  /** Returns environment variables besides the function's own. */
  variablesFor: (functionName: string) => Record<string, string>;
  onLog: (functionName: string, line: string) => void;
  /** Milliseconds for a function to load. */
  initLimit: number;
  /** Called when an environment of the function is idle or has ended. */
  onFree: (functionName: string) => void;
}

const BOOTSTRAP = [
  '--require',
  join(import.meta.dirname, 'runtime-client.cjs'),
  join(import.meta.dirname, '../../../node_modules/aws-lambda-ric/index.mjs'),
];

/** Returns Node's arguments for a function: the heap limit and AWS's runtime client. */
export function bootstrapOf({ memory }: FunctionDefinition): string[] {
  return [`--max-old-space-size=${Math.floor(memory * 0.9)}`, ...BOOTSTRAP];
}

/** Returns the number of environments of some versions. */
export function countOf(pools: VersionPool[]): number {
  return pools.reduce((sum, { environments }) => sum + environments.size, 0);
}

/** Starts and ends the environments of versions. */
export class Environments {
  readonly #options: EnvironmentsOptions;
  /** Environments that finish their last invocation after their version was replaced. */
  readonly #retiring = new Set<Environment>();

  constructor(options: EnvironmentsOptions) {
    this.#options = options;
  }

  get retiring(): ReadonlySet<Environment> {
    return this.#retiring;
  }

  /**
   * Returns an idle or new environment of a version; undefined if all environments of the function, whose versions are `pools`, are
   * busy and the limit is reached.
   */
  idleOrNew(pool: VersionPool, pools: VersionPool[], limit: number): Environment | undefined {
    const idle = idleIn(pool);
    if (idle) return idle;
    return countOf(pools) < limit || this.#retireIdle(pools) ? this.#start(pool) : undefined;
  }

  /** Ends the environments of a version, each as soon as it is idle. */
  drain({ environments }: VersionPool): void {
    for (const environment of environments) this.#retire(environment);
    environments.clear();
  }

  #start({ version, definition, environments }: VersionPool): Environment {
    const { variablesFor, onLog, onFree, initLimit } = this.#options;
    const environment: Environment = new Environment({
      definition,
      version,
      node: process.execPath,
      bootstrap: bootstrapOf(definition),
      variables: variablesFor(definition.name),
      initLimit,
      onLog: (line) => onLog(definition.name, line),
      onIdle: () => onFree(definition.name),
      onExit: () => {
        environments.delete(environment);
        this.#retiring.delete(environment);
        onFree(definition.name);
      },
    });
    environments.add(environment);
    return environment;
  }

  /** Ends an idle environment, to make place for another version; returns whether there was one. */
  #retireIdle(pools: VersionPool[]): boolean {
    for (const pool of pools) {
      const idle = idleIn(pool);
      if (!idle) continue;
      pool.environments.delete(idle);
      this.#retire(idle);
      return true;
    }
    return false;
  }

  #retire(environment: Environment): void {
    this.#retiring.add(environment);
    environment.retire();
  }
}

function idleIn({ environments }: VersionPool): Environment | undefined {
  return [...environments].find(({ isIdle }) => isIdle);
}

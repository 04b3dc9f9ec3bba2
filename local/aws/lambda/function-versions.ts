import { isDeepStrictEqual } from 'node:util';
import type { Environment } from './environment.ts';
import type { FunctionDefinition } from './function-definition.ts';

/** The unpublished version of a function, which updates change. */
export const LATEST = '$LATEST';

/** A version of a function, and the environments that run it. */
export interface VersionPool {
  /** A number, or `$LATEST`. */
  version: string;
  definition: FunctionDefinition;
  environments: Set<Environment>;
}

/** Versions that an alias sends its invocations to. */
export interface AliasRoute {
  version: string;
  /** Second version, and its share of the invocations, from 0 to 1. */
  second?: { version: string; weight: number };
}

/**
 * Versions and aliases of one function. A published version never changes; its definition is the snapshot.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-versions.html
 */
export class FunctionVersions {
  #latest: VersionPool;
  readonly #published = new Map<string, VersionPool>();
  readonly #aliases = new Map<string, AliasRoute>();
  #count: number;

  /** The first version gets the number after `last`. */
  constructor(definition: FunctionDefinition, last = 0) {
    this.#count = last;
    this.#latest = poolOf(LATEST, definition);
  }

  get latest(): VersionPool {
    return this.#latest;
  }

  /** Published versions, oldest first. */
  get published(): VersionPool[] {
    return [...this.#published.values()];
  }

  /** `$LATEST` and all published versions. */
  get pools(): VersionPool[] {
    return [this.#latest, ...this.published];
  }

  get aliases(): ReadonlyMap<string, AliasRoute> {
    return this.#aliases;
  }

  /** Replaces `$LATEST`; returns the pool it replaces. */
  update(definition: FunctionDefinition): VersionPool {
    const replaced = this.#latest;
    this.#latest = poolOf(LATEST, definition);
    return replaced;
  }

  /** Replaces `$LATEST`, and points the definition's aliases, and no others, to a new version. Returns the pools that this removes. */
  replace(definition: FunctionDefinition): VersionPool[] {
    const replaced = [this.update(definition)];
    const routed = this.published.filter(({ version }) => this.isRouted(version));
    this.#aliases.clear();
    if (definition.aliases.length > 0) {
      const { version } = this.#add();
      for (const alias of definition.aliases) this.#aliases.set(alias, { version });
    }
    return [...replaced, ...routed.flatMap(({ version }) => this.delete(version) ?? [])];
  }

  /** Publishes `$LATEST`; like AWS, returns the last version if nothing has changed since. */
  publish(): VersionPool {
    const last = this.published.at(-1);
    if (last && isDeepStrictEqual(last.definition, structuredClone(this.#latest.definition))) return last;
    return this.#add();
  }

  #add(): VersionPool {
    const pool = poolOf(String(++this.#count), structuredClone(this.#latest.definition));
    this.#published.set(pool.version, pool);
    return pool;
  }

  /** Returns a version; undefined if there is none. */
  version(version: string): VersionPool | undefined {
    return version === LATEST ? this.#latest : this.#published.get(version);
  }

  setAlias(name: string, route: AliasRoute): void {
    this.#aliases.set(name, route);
  }

  deleteAlias(name: string): void {
    this.#aliases.delete(name);
  }

  /** Removes a published version; returns it. */
  delete(version: string): VersionPool | undefined {
    const pool = this.#published.get(version);
    this.#published.delete(version);
    return pool;
  }

  /** Returns whether an alias sends invocations to a version. */
  isRouted(version: string): boolean {
    return [...this.#aliases.values()].some((route) => route.version === version || route.second?.version === version);
  }

  /** Returns whether an invocation by alias or version may run in a pool. */
  mayRun(qualifier: string, pool: VersionPool): boolean {
    const { version, second } = this.#aliases.get(qualifier) ?? { version: qualifier };
    return [version, second?.version].includes(pool.version) && this.version(pool.version) === pool;
  }

  /** Returns the version that runs an invocation by alias or version; `random` is from 0 to 1. */
  select(qualifier: string, random: number): VersionPool | undefined {
    const route = this.#aliases.get(qualifier);
    if (!route) return this.version(qualifier);
    const { version, second } = route;
    return this.version(second && random < second.weight ? second.version : version);
  }
}

function poolOf(version: string, definition: FunctionDefinition): VersionPool {
  return { version, definition, environments: new Set() };
}

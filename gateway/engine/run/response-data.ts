import type { PathStep, Program } from '../program.ts';
import { type Entity, isEntity } from './representation.ts';

/** Collects the objects at a path. */
export function collect(value: unknown, path: PathStep[], into: Entity[], from = 0): void {
  for (let index = from; index < path.length; index++) {
    const step = path[index];
    if (typeof value !== 'object' || value === null || step === undefined) return;
    if (step === '@') {
      if (Array.isArray(value)) for (const item of value) collect(item, path, into, index + 1);
      return;
    }
    if (Array.isArray(value)) {
      for (const item of value) collect(item, path, into, index);
      return;
    }
    if (typeof step === 'string') value = (value as Entity)[step];
    else if (!isOneOf(step.types, value as Entity, false)) return;
  }
  if (isEntity(value)) into.push(value);
  else if (Array.isArray(value)) for (const item of value) collect(item, path, into, path.length);
}

/** Whether an object is of one of the types; `unknown` answers for an object that does not say its type. */
export function isOneOf(types: string[], { __typename: type }: Entity, unknown: boolean): boolean {
  return typeof type === 'string' ? types.includes(type) : unknown;
}

/** Calls with each object that `collect` would find, and where it is. */
export function eachAt(
  value: unknown,
  path: PathStep[],
  found: (entity: Entity, at: (string | number)[]) => void,
  at: (string | number)[] = [],
  from = 0,
): void {
  if (Array.isArray(value)) {
    const next = path[from] === '@' ? from + 1 : from;
    for (const [index, item] of value.entries()) eachAt(item, path, found, [...at, index], next);
    return;
  }
  if (!isEntity(value)) return;
  const step = path[from];
  if (step === undefined) found(value, at);
  else if (typeof step === 'string') eachAt(value[step], path, found, [...at, step], from + 1);
  else if (isOneOf(step.types, value, false)) eachAt(value, path, found, at, from + 1);
}

/** Puts what subgraphs gave into one tree of data. */
export class Merger {
  readonly #interfaceObjects: ReadonlySet<unknown>;
  /** Whether what is one object may have to differ by what is around it. */
  readonly #copies: boolean;

  /** Subgraphs may know objects by the names of these interfaces; that hides no type that is known already. */
  constructor({ interfaceObjects = [], fetches }: Pick<Program, 'interfaceObjects' | 'fetches'>) {
    this.#interfaceObjects = new Set(interfaceObjects);
    this.#copies = fetches.some(({ entities }) => entities?.contexts);
  }

  /** Puts an entity into an object that it belongs to; others may get the same entity. */
  mergeEntity(target: Entity, entity: Entity): void {
    this.merge(target, this.#copies ? structuredClone(entity) : entity);
  }

  /** Lists are merged element by element; an object stays where another subgraph has nothing. */
  merge(target: Entity, source: Entity): void {
    for (const key in source) {
      if (key === '__proto__') continue;
      const value = source[key];
      const known = target[key];
      if (typeof known === 'object' && known !== null) {
        if (value !== known && typeof value === 'object' && value !== null) target[key] = this.#merged(known, value);
      } else if (known === undefined || key !== '__typename' || !this.#interfaceObjects.has(value)) target[key] = value;
    }
  }

  #merged(known: object, value: object): object {
    if (Array.isArray(known) && Array.isArray(value)) {
      if (known.length !== value.length) return value;
      for (const [index, item] of value.entries()) known[index] = this.#mergedItem(known[index], item);
      return known;
    }
    if (Array.isArray(known) || Array.isArray(value)) return value;
    this.merge(known as Entity, value as Entity);
    return known;
  }

  #mergedItem(known: unknown, value: unknown): unknown {
    const areObjects = typeof known === 'object' && known !== null && typeof value === 'object' && value !== null;
    return areObjects ? this.#merged(known, value) : (value ?? known);
  }
}

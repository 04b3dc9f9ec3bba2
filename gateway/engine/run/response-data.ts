import type { PathStep, Program } from '../program.ts';
import { type Entity, isEntity } from './representation.ts';

/** Collects the objects at a path. */
export function collectEntities(value: unknown, path: PathStep[], into: Entity[], from = 0): void {
  for (let index = from; index < path.length; index++) {
    const step = path[index];
    if (typeof value !== 'object' || value === null || step === undefined) return;
    if (step === '@') {
      if (Array.isArray(value)) for (const item of value) collectEntities(item, path, into, index + 1);
      return;
    }
    if (Array.isArray(value)) {
      for (const item of value) collectEntities(item, path, into, index);
      return;
    }
    if (typeof step === 'string') value = (value as Entity)[step];
    else if (!hasTypeIn(step.types, value as Entity, false)) return;
  }
  if (isEntity(value)) into.push(value);
  else if (Array.isArray(value)) for (const item of value) collectEntities(item, path, into, path.length);
}

/** Whether an object's type is one of the types; returns `unknown` for an object without `__typename`. */
export function hasTypeIn(types: string[], { __typename: type }: Entity, unknown: boolean): boolean {
  return typeof type === 'string' ? types.includes(type) : unknown;
}

/** Calls `found` with each object that `collectEntities` collects, and its path. */
export function visitEntities(
  value: unknown,
  path: PathStep[],
  found: (entity: Entity, at: (string | number)[]) => void,
  at: (string | number)[] = [],
  from = 0,
): void {
  if (Array.isArray(value)) {
    const next = path[from] === '@' ? from + 1 : from;
    for (const [index, item] of value.entries()) visitEntities(item, path, found, [...at, index], next);
    return;
  }
  if (!isEntity(value)) return;
  const step = path[from];
  if (step === undefined) found(value, at);
  else if (typeof step === 'string') visitEntities(value[step], path, found, [...at, step], from + 1);
  else if (hasTypeIn(step.types, value, false)) visitEntities(value, path, found, at, from + 1);
}

/** Merges subgraph data into one tree. */
export class Merger {
  readonly #interfaceObjects: ReadonlySet<unknown>;
  /** Whether entities are copied: with `@fromContext`, the same entity can differ by its ancestors. */
  readonly #copies: boolean;

  /** The name of an interface object never overwrites a known runtime type. */
  constructor({ interfaceObjects = [], fetches }: Pick<Program, 'interfaceObjects' | 'fetches'>) {
    this.#interfaceObjects = new Set(interfaceObjects);
    this.#copies = fetches.some(({ entities }) => entities?.contexts);
  }

  /** Merges an entity into one of the objects that it belongs to. */
  mergeEntity(target: Entity, entity: Entity): void {
    this.merge(target, this.#copies ? structuredClone(entity) : entity);
  }

  /** Merges recursively, lists item by item; null does not overwrite an object. */
  merge(target: Entity, source: Entity): void {
    for (const key in source) {
      if (key === '__proto__') continue;
      const value = source[key];
      const known = target[key];
      if (typeof known === 'object' && known !== null) {
        if (value !== known && typeof value === 'object' && value !== null)
          target[key] = this.#mergeValues(known, value);
      } else if (known === undefined || key !== '__typename' || !this.#interfaceObjects.has(value)) target[key] = value;
    }
  }

  #mergeValues(known: object, value: object): object {
    if (Array.isArray(known) && Array.isArray(value)) {
      if (known.length !== value.length) return value;
      for (const [index, item] of value.entries()) known[index] = this.#mergeItem(known[index], item);
      return known;
    }
    if (Array.isArray(known) || Array.isArray(value)) return value;
    this.merge(known as Entity, value as Entity);
    return known;
  }

  #mergeItem(known: unknown, value: unknown): unknown {
    const areObjects = typeof known === 'object' && known !== null && typeof value === 'object' && value !== null;
    return areObjects ? this.#mergeValues(known, value) : (value ?? known);
  }
}

import { isDeepStrictEqual } from 'node:util';
import type { ResourceType } from './resource-types.ts';

type Properties = Record<string, unknown>;

/** Returns the names of the properties that differ. */
export function changedProperties(before: Properties, after: Properties): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].filter((name) => !isDeepStrictEqual(plain(before[name]), plain(after[name])));
}

/** Returns whether a change of properties replaces the resource: `maybe` if that depends on more than their names. */
export function replacement(type: ResourceType | undefined, changed: string[]): boolean | 'maybe' {
  const immutable = changed.filter((name) => name in (type?.immutable ?? {}));
  if (immutable.some((name) => type?.immutable[name])) return true;
  return immutable.length > 0 ? 'maybe' : false;
}

/** CloudFormation compares values as text: `"5"` is `5`. */
function plain(value: unknown): unknown {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, plain(each)]));
}

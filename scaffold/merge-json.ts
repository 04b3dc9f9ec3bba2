import { isDeepStrictEqual } from 'node:util';

type Json = { [key: string]: unknown };

/** Three-way merge of JSON objects, key by key. Our value wins if both sides changed it. Sorted keys stay sorted. */
export function mergeJson(base: Json, ours: Json, theirs: Json): Json {
  const keys = [...new Set([...Object.keys(theirs), ...Object.keys(ours)])];
  if (isSorted(Object.keys(base))) keys.sort();
  const merged = keys.map((key) => [key, mergeValue(base[key], ours[key], theirs[key])] as const);
  return Object.fromEntries(merged.filter(([, value]) => value !== undefined));
}

function mergeValue(base: unknown, ours: unknown, theirs: unknown): unknown {
  if (isDeepStrictEqual(base, ours)) return theirs;
  if (isObject(base) && isObject(ours) && isObject(theirs)) return mergeJson(base, ours, theirs);
  return ours;
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isSorted(keys: string[]): boolean {
  return keys.length > 1 && keys.every((key, i) => i === 0 || (keys[i - 1] ?? '') <= key);
}

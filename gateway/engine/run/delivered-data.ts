import type { Entity } from './representation.ts';

/**
 * Returns the data without the fields that clients already have from earlier parts. Clients merge objects by key and lists by
 * index, so an object in a list remains, although empty. https://github.com/graphql/graphql-spec/pull/1110
 */
export function withoutDelivered(data: Entity, delivered: readonly Entity[]): Entity {
  return delivered.reduce((rest, known) => newFields(rest, known) ?? {}, data);
}

/** Returns undefined if there are none. */
function newFields(data: Entity, known: Entity): Entity | undefined {
  const keys = Object.keys(data);
  if (!keys.some((key) => Object.hasOwn(known, key))) return keys.length > 0 ? data : undefined;
  const fields = keys.flatMap((key) => {
    const value = Object.hasOwn(known, key) ? newValue(data[key], known[key]) : data[key];
    return value === undefined ? [] : [[key, value] as const];
  });
  return fields.length > 0 ? Object.fromEntries(fields) : undefined;
}

/** Returns undefined for a value that clients have. An object that became null stays null. */
function newValue(value: unknown, known: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value === known ? undefined : value;
  if (known === null) return undefined;
  if (Array.isArray(value))
    return Array.isArray(known) && known.length === value.length ? newItems(value, known) : value;
  return typeof known === 'object' && !Array.isArray(known) ? newFields(value as Entity, known as Entity) : value;
}

function newItems(items: unknown[], known: unknown[]): unknown[] | undefined {
  const rest = items.map((item, index) => newValue(item, known[index]));
  if (rest.every((item) => item === undefined)) return undefined;
  return rest.map((item, index) => (item === undefined ? withoutFields(known[index]) : item));
}

/** Returns an item that changes nothing when clients merge it. */
function withoutFields(known: unknown): unknown {
  if (Array.isArray(known)) return known.map(withoutFields);
  return typeof known === 'object' && known !== null ? {} : known;
}

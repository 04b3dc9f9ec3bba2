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

function newValue(value: unknown, known: unknown): unknown {
  if (typeof value !== 'object' || value === null || typeof known !== 'object' || known === null)
    return value === known ? undefined : value;
  if (!Array.isArray(value)) return Array.isArray(known) ? value : newFields(value as Entity, known as Entity);
  return Array.isArray(known) && known.length === value.length ? newItems(value, known) : value;
}

function newItems(items: unknown[], known: unknown[]): unknown[] | undefined {
  const rest = items.map((item, index) => newValue(item, known[index]));
  if (rest.every((item) => item === undefined)) return undefined;
  return rest.map((item, index) => item ?? emptied(items[index]));
}

/** Returns an item without its fields: one that has none, or that a client has as it is. */
function emptied(item: unknown): unknown {
  if (Array.isArray(item)) return item.map(emptied);
  return typeof item === 'object' && item !== null ? {} : item;
}

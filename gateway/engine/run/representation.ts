import type { EntityFetch, RepresentationSelection } from '../program.ts';

/** An object in subgraph data. */
export type Entity = Record<string, unknown>;

/** Writes an object as JSON text; returns undefined if it lacks a required field. */
type ObjectWriter = (entity: Entity) => string | undefined;

/** How entities are represented to a subgraph. */
export interface RepresentationShape {
  write: ObjectWriter;
  /** Returns a type's key field if the key is a single scalar. */
  keyOf: (type: unknown) => string | undefined;
}

/** A member of a representation, with the writer of its value. */
interface Member {
  field: string;
  /** `"field":` */
  name: string;
  write: (value: unknown) => string | undefined;
}

/** Compiles the representation of an entity fetch. */
export function representationShape({ representation, typenames = [] }: EntityFetch): RepresentationShape {
  const sentAs = new Map(typenames.flatMap(({ types, sentAs: name }) => types.map((type) => [type, name])));
  const membersOf = members(representation, (type) => JSON.stringify(sentAs.get(String(type)) ?? type));
  const write = objectWriter(membersOf);
  const keys = new Map<unknown, string | undefined>();
  return {
    write: (entity) => {
      const text = typeof entity.__typename === 'string' ? write(entity) : undefined;
      return text === '{}' ? undefined : text;
    },
    keyOf: (type) => {
      if (!keys.has(type)) keys.set(type, singleKeyField(membersOf(type)));
      return keys.get(type);
    },
  };
}

function singleKeyField(all: Member[]): string | undefined {
  const [key, other] = all.filter(({ field }) => field !== '__typename');
  return key?.write === scalarText && !other ? key.field : undefined;
}

/** Returns a memoized function from type names to the members of their representations. */
function members(
  select: RepresentationSelection[],
  writeTypename: (type: unknown) => string | undefined = scalarText,
): (type: unknown) => Member[] {
  const byType = new Map<unknown, Member[]>();
  return (type) => {
    const known = byType.get(type);
    if (known) return known;
    const found = [...fieldsFor(type, select)].map((each) => memberOf(each, writeTypename));
    byType.set(type, found);
    return found;
  };
}

function objectWriter(membersOf: (type: unknown) => Member[]): ObjectWriter {
  return (entity) => {
    let text = '{';
    for (const { field, name, write } of membersOf(entity.__typename)) {
      const value = write(entity[field]);
      if (value === undefined) return undefined;
      text += text === '{' ? name + value : `,${name}${value}`;
    }
    return `${text}}`;
  };
}

/** Merges the selections that apply to a type, by field. */
function fieldsFor(
  type: unknown,
  select: RepresentationSelection[],
  fields = new Map<string, RepresentationSelection[]>(),
): Map<string, RepresentationSelection[]> {
  for (const selection of select) {
    if ('field' in selection) {
      fields.set(selection.field, [...(fields.get(selection.field) ?? []), ...(selection.select ?? [])]);
    } else if (typeof type === 'string' && selection.types.includes(type)) fieldsFor(type, selection.select, fields);
  }
  return fields;
}

function memberOf(
  [field, select]: [string, RepresentationSelection[]],
  writeTypename: (type: unknown) => string | undefined,
): Member {
  const name = `${JSON.stringify(field)}:`;
  if (field === '__typename') return { field, name, write: writeTypename };
  return { field, name, write: select.length > 0 ? valueWriter(objectWriter(members(select))) : scalarText };
}

function valueWriter(writeObject: ObjectWriter): (value: unknown) => string | undefined {
  return function writeValue(value: unknown): string | undefined {
    if (value === null) return 'null';
    if (isEntity(value)) return writeObject(value);
    if (!Array.isArray(value)) return undefined;
    const items = value.map(writeValue);
    return items.includes(undefined) ? undefined : `[${items.join()}]`;
  };
}

function scalarText(value: unknown): string | undefined {
  return Number.isFinite(value) ? `${value}` : JSON.stringify(value);
}

/** Whether a value is an object with fields. */
export function isEntity(value: unknown): value is Entity {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

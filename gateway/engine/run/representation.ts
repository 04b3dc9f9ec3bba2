import type { EntityFetch, RepresentationSelection } from '../program.ts';

/** An object of the data that subgraphs gave. */
export type Entity = Record<string, unknown>;

/** Writes an object as JSON text; nothing if it has not all that is to be written. */
type ObjectWriter = (entity: Entity) => string | undefined;

/** What identifies objects to a subgraph. */
export interface RepresentationShape {
  /** Writes it; nothing if the object has not all of it. */
  write: ObjectWriter;
  /** The field that alone tells objects of a type apart; nothing if it takes several. */
  keyOf: (type: unknown) => string | undefined;
}

/** A field, and how its value is written. */
interface Member {
  field: string;
  /** `"field":` */
  name: string;
  write: (value: unknown) => string | undefined;
}

/** Makes the shape of a fetch's representations. */
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
      if (!keys.has(type)) keys.set(type, soleKey(membersOf(type)));
      return keys.get(type);
    },
  };
}

function soleKey(all: Member[]): string | undefined {
  const [key, other] = all.filter(({ field }) => field !== '__typename');
  return key?.write === leafText && !other ? key.field : undefined;
}

/** The members to be written of a type's objects: worked out when the type is first met. */
function members(
  select: RepresentationSelection[],
  writeTypename: (type: unknown) => string | undefined = leafText,
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

/** The fields that are selected on a type, each with all that is selected in it. */
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
  return { field, name, write: select.length > 0 ? valueWriter(objectWriter(members(select))) : leafText };
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

function leafText(value: unknown): string | undefined {
  return Number.isFinite(value) ? `${value}` : JSON.stringify(value);
}

/** Whether a value is an object with fields. */
export function isEntity(value: unknown): value is Entity {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

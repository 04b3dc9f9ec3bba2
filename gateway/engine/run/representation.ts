import type { EntityFetch, RepresentationSelection } from '../program.ts';

/** An object of the data that subgraphs gave. */
export type Entity = Record<string, unknown>;

/** Writes what identifies an object to a subgraph, as JSON text; nothing if the object has not all of it. */
export type RepresentationWriter = (entity: Entity) => string | undefined;

/** A field, and how its value is written. */
interface Member {
  field: string;
  /** `"field":` */
  name: string;
  write: (value: unknown) => string | undefined;
}

/** Makes the writer of a fetch's representations. */
export function representationWriter({ representation, typenames = [] }: EntityFetch): RepresentationWriter {
  const sentAs = new Map(typenames.flatMap(({ types, sentAs: name }) => types.map((type) => [type, name])));
  const write = objectWriter(representation, (type) => JSON.stringify(sentAs.get(String(type)) ?? type));
  return (entity) => {
    const text = typeof entity.__typename === 'string' ? write(entity) : undefined;
    return text === '{}' ? undefined : text;
  };
}

/** Writes objects with the fields that are selected on their type: worked out when a type is first met. */
function objectWriter(
  select: RepresentationSelection[],
  writeTypename: (type: unknown) => string | undefined = leafText,
): RepresentationWriter {
  const byType = new Map<unknown, Member[]>();
  return (entity) => {
    const type = entity.__typename;
    let members = byType.get(type);
    if (!members) {
      members = [...fieldsFor(type, select)].map((each) => memberOf(each, writeTypename));
      byType.set(type, members);
    }
    let text = '{';
    for (const { field, name, write } of members) {
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
  return { field, name, write: select.length > 0 ? valueWriter(objectWriter(select)) : leafText };
}

function valueWriter(writeObject: RepresentationWriter): (value: unknown) => string | undefined {
  return function writeValue(value: unknown): string | undefined {
    if (value === null) return 'null';
    if (isEntity(value)) return writeObject(value);
    if (!Array.isArray(value)) return undefined;
    const items = value.map(writeValue);
    return items.includes(undefined) ? undefined : `[${items.join()}]`;
  };
}

function leafText(value: unknown): string | undefined {
  return JSON.stringify(value);
}

/** Whether a value is an object with fields. */
export function isEntity(value: unknown): value is Entity {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

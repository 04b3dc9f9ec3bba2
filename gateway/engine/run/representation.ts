import type { RepresentationFragment, RepresentationSelection } from '../program.ts';

/** An object of the data that subgraphs gave. */
export type Entity = Record<string, unknown>;

/** Writes what identifies an object to a subgraph, as JSON text; nothing if the object has not all of it. */
export type RepresentationWriter = (entity: Entity) => string | undefined;

/** Adds JSON members to the text; `undefined` if a field is missing. A text that is not empty goes on after a comma. */
type MembersWriter = (entity: Entity, text: string) => string | undefined;

/** Makes the writer of a fetch's representations. */
export function representationWriter(fragments: RepresentationFragment[]): RepresentationWriter {
  const writers = fragments.map(({ types, typename, select }) => ({
    types: new Set(types),
    write: membersWriter(select, typename),
  }));
  return (entity) => {
    const type = entity.__typename;
    let text: string | undefined = '';
    for (const { types, write } of writers) {
      if (typeof type !== 'string' || !types.has(type)) continue;
      text = write(entity, text);
      if (text === undefined) return undefined;
    }
    return text === '' ? undefined : `{${text}}`;
  };
}

function membersWriter(select: RepresentationSelection[], typename?: string): MembersWriter {
  const writers = select.map((each) => memberWriter(each, typename));
  return (entity, text) => {
    let written: string | undefined = text;
    for (const write of writers) {
      written = write(entity, written);
      if (written === undefined) return undefined;
    }
    return written;
  };
}

function memberWriter(selection: RepresentationSelection, typename?: string): MembersWriter {
  if ('types' in selection) return fragmentWriter(selection);
  const { field, select } = selection;
  const name = `${JSON.stringify(field)}:`;
  if (field === '__typename' && typename) {
    const member = name + JSON.stringify(typename);
    return (_, text) => join(text, member);
  }
  const write = select ? valueWriter(membersWriter(select)) : leafText;
  return (entity, text) => {
    const value = write(entity[field]);
    return value === undefined ? undefined : join(text, name + value);
  };
}

function fragmentWriter({ types, select }: { types: string[]; select: RepresentationSelection[] }): MembersWriter {
  const applies = new Set(types);
  const write = membersWriter(select);
  return (entity, text) =>
    typeof entity.__typename === 'string' && applies.has(entity.__typename) ? write(entity, text) : text;
}

function valueWriter(write: MembersWriter): (value: unknown) => string | undefined {
  return function writeValue(value: unknown): string | undefined {
    if (value === null) return 'null';
    if (Array.isArray(value)) {
      const items = value.map(writeValue);
      return items.includes(undefined) ? undefined : `[${items.join()}]`;
    }
    const members = isEntity(value) ? write(value, '') : undefined;
    return members === undefined ? undefined : `{${members}}`;
  };
}

function leafText(value: unknown): string | undefined {
  return JSON.stringify(value);
}

function join(text: string, member: string): string {
  return text === '' ? member : `${text},${member}`;
}

/** Whether a value is an object with fields. */
export function isEntity(value: unknown): value is Entity {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

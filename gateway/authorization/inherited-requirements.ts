import type { Requirement, Requirements } from './requirement.ts';

/** What a supergraph says of one type, or a part of that where it is defined in several. */
export interface TypeRequirements {
  name: string;
  isInterface: boolean;
  /** Of the type itself. */
  own: Requirement[];
  /** Of its fields, by name. */
  fields: ReadonlyMap<string, Requirement[]>;
  /** All that it implements. */
  interfaces: string[];
  /** Fields that an interface has from a subgraph that knows it as one object type. */
  objectFields: string[];
}

/**
 * Works out what each type and field needs, whatever composition has written:
 * - a field needs what its type needs;
 * - an interface, and each field of it, needs what all types that implement it need: the object may be of any of them;
 * - a field that types have from an interface object needs what it needs there.
 */
export function inheritRequirements(parts: TypeRequirements[]): Requirements {
  const types = merged(parts);
  const implementing = (name: string) => types.filter(({ interfaces }) => interfaces.includes(name));
  for (const type of types) addFromInterfaceObject(type, implementing(type.name));
  const found = new Map<string, Requirement[]>();
  const note = (coordinate: string, requirements: Requirement[]) => {
    if (requirements.length > 0) found.set(coordinate, eachOnce(requirements));
  };
  for (const { name, own, fields, isInterface } of types) {
    const implementers = isInterface ? implementing(name) : [];
    const ofTypes = [...own, ...implementers.flatMap((each) => each.own)];
    note(name, ofTypes);
    for (const [field, ofField] of fields) {
      const inherited = implementers.flatMap((each) => each.fields.get(field) ?? []);
      note(`${name}.${field}`, [...ofField, ...inherited, ...ofTypes]);
    }
  }
  return found;
}

type MergedType = Omit<TypeRequirements, 'fields'> & { fields: Map<string, Requirement[]> };

function merged(parts: TypeRequirements[]): MergedType[] {
  const types = new Map<string, MergedType>();
  for (const part of parts) {
    const type = types.get(part.name);
    if (!type) {
      types.set(part.name, { ...part, fields: new Map(part.fields) });
      continue;
    }
    type.own = [...type.own, ...part.own];
    type.interfaces = [...type.interfaces, ...part.interfaces];
    type.objectFields = [...type.objectFields, ...part.objectFields];
    for (const [name, field] of part.fields) type.fields.set(name, [...(type.fields.get(name) ?? []), ...field]);
  }
  return [...types.values()];
}

/**
 * Composition since 2.12 writes what a field of an interface object needs on the fields of all implementing types, and what
 * an implementing type needs on the interface; older composition writes neither. So a kind of requirement that an interface
 * has and no implementing type has was asked for by the interface object.
 */
function addFromInterfaceObject({ own, fields, objectFields }: MergedType, implementers: MergedType[]): void {
  const ofType = unknownTo(
    own,
    implementers.map((each) => each.own),
  );
  for (const name of objectFields) {
    const ofField = unknownTo(
      fields.get(name) ?? [],
      implementers.map((each) => each.fields.get(name) ?? []),
    );
    for (const { fields: inherited } of implementers) {
      if (inherited.has(name)) inherited.set(name, [...(inherited.get(name) ?? []), ...ofField, ...ofType]);
    }
  }
}

function unknownTo(requirements: Requirement[], others: Requirement[][]): Requirement[] {
  const known = new Set(others.flat().map(({ kind }) => kind));
  return requirements.filter(({ kind }) => !known.has(kind));
}

function eachOnce(requirements: Requirement[]): Requirement[] {
  return [...new Map(requirements.map((each) => [JSON.stringify(each), each])).values()];
}

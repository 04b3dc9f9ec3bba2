import type { Requirement, Requirements } from './requirement.ts';

/** Requirements of one type definition or extension in a supergraph. */
export interface TypeRequirements {
  name: string;
  isInterface: boolean;
  /** Requirements of the type itself. */
  requirements: Requirement[];
  /** Requirements of its fields, by name. */
  fields: ReadonlyMap<string, Requirement[]>;
  /** All interfaces that it implements. */
  interfaces: string[];
  /** Fields of an interface that come from a subgraph with `@interfaceObject`. */
  objectFields: string[];
}

/**
 * Computes the requirements of each type and field, independent of which ones composition has propagated:
 * - a field inherits the requirements of its type;
 * - an interface and its fields inherit those of all implementing types, since the object can have any of them;
 * - a field from an interface object keeps the requirements that it has there.
 */
export function inheritRequirements(parts: TypeRequirements[]): Requirements {
  const types = mergeParts(parts);
  const implementing = (name: string) => types.filter(({ interfaces }) => interfaces.includes(name));
  for (const type of types) addFromInterfaceObject(type, implementing(type.name));
  const found = new Map<string, Requirement[]>();
  const add = (coordinate: string, requirements: Requirement[]) => {
    if (requirements.length > 0) found.set(coordinate, distinct(requirements));
  };
  for (const { name, requirements, fields, isInterface } of types) {
    const implementers = isInterface ? implementing(name) : [];
    const ofTypes = [...requirements, ...implementers.flatMap((each) => each.requirements)];
    add(name, ofTypes);
    for (const [field, ofField] of fields) {
      const inherited = implementers.flatMap((each) => each.fields.get(field) ?? []);
      add(`${name}.${field}`, [...ofField, ...inherited, ...ofTypes]);
    }
  }
  return found;
}

type MergedType = Omit<TypeRequirements, 'fields'> & { fields: Map<string, Requirement[]> };

function mergeParts(parts: TypeRequirements[]): MergedType[] {
  const types = new Map<string, MergedType>();
  for (const part of parts) {
    const type = types.get(part.name);
    if (!type) {
      types.set(part.name, { ...part, fields: new Map(part.fields) });
      continue;
    }
    type.requirements = [...type.requirements, ...part.requirements];
    type.interfaces = [...type.interfaces, ...part.interfaces];
    type.objectFields = [...type.objectFields, ...part.objectFields];
    for (const [name, field] of part.fields) type.fields.set(name, [...(type.fields.get(name) ?? []), ...field]);
  }
  return [...types.values()];
}

/**
 * Composition 2.12 and later copies requirements from fields of an interface object to the implementing types' fields, and
 * from implementing types to the interface; older versions copy neither. So a kind of requirement that the interface has
 * and no implementing type has comes from the interface object.
 */
function addFromInterfaceObject({ requirements, fields, objectFields }: MergedType, implementers: MergedType[]): void {
  const ofType = kindsMissingIn(
    requirements,
    implementers.map((each) => each.requirements),
  );
  for (const name of objectFields) {
    const ofField = kindsMissingIn(
      fields.get(name) ?? [],
      implementers.map((each) => each.fields.get(name) ?? []),
    );
    for (const { fields: inherited } of implementers) {
      if (inherited.has(name)) inherited.set(name, [...(inherited.get(name) ?? []), ...ofField, ...ofType]);
    }
  }
}

function kindsMissingIn(requirements: Requirement[], others: Requirement[][]): Requirement[] {
  const known = new Set(others.flat().map(({ kind }) => kind));
  return requirements.filter(({ kind }) => !known.has(kind));
}

function distinct(requirements: Requirement[]): Requirement[] {
  return [...new Map(requirements.map((each) => [JSON.stringify(each), each])).values()];
}

import { buildASTSchema, type DocumentNode, getNamedType, parse, TypeInfo, visit, visitWithTypeInfo } from 'graphql';
import type { DeprecatedElement, TypeDescription } from '../local/explorer/graph/graph-description.ts';
import type { RegisteredOperation } from '../schema-check/registered-operations.ts';

/** Returns the deprecated fields of a supergraph, with the registered operations that select them. */
export function deprecatedFields(
  supergraph: DocumentNode,
  types: readonly TypeDescription[],
  operations: readonly RegisteredOperation[],
): DeprecatedElement[] {
  const deprecated = types.flatMap(({ name, fields }) =>
    fields.flatMap((field) =>
      field.deprecated === undefined
        ? []
        : [{ coordinate: `${name}.${field.name}`, reason: field.deprecated, services: field.services }],
    ),
  );
  if (deprecated.length === 0) return [];
  const schema = buildASTSchema(supergraph, { assumeValidSDL: true });
  const uses = operations.map((operation) => ({
    label: `${operation.client}: ${operation.name}`,
    coordinates: coordinatesIn(parse(operation.body), new TypeInfo(schema)),
  }));
  return deprecated.map((each) => ({
    ...each,
    operations: uses.filter(({ coordinates }) => coordinates.has(each.coordinate)).map(({ label }) => label),
  }));
}

/** Returns the schema coordinates of the fields and input fields in an operation's text. Variables' values are unknown. */
function coordinatesIn(document: DocumentNode, types: TypeInfo): Set<string> {
  const coordinates = new Set<string>();
  visit(
    document,
    visitWithTypeInfo(types, {
      Field: ({ name }) => void coordinates.add(`${types.getParentType()?.name}.${name.value}`),
      ObjectField: ({ name }) => {
        const parent = types.getParentInputType();
        if (parent) coordinates.add(`${getNamedType(parent).name}.${name.value}`);
      },
    }),
  );
  return coordinates;
}

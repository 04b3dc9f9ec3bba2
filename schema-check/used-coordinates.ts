import {
  type DocumentNode,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  TypeInfo,
  typeFromAST,
  visit,
  visitWithTypeInfo,
} from 'graphql';

/**
 * Returns the schema coordinates that an operation uses: types, fields and arguments in it, enums it can return, and input types
 * of its variables. Written as `Type`, `Type.field` and `Type.field.argument`.
 */
export function usedCoordinates(document: DocumentNode, schema: GraphQLSchema): Set<string> {
  const used = new Set<string>();
  const info = new TypeInfo(schema);
  visit(
    document,
    visitWithTypeInfo(info, {
      Field() {
        const [parent, field] = [info.getParentType(), info.getFieldDef()];
        if (!parent || !field) return;
        used.add(parent.name).add(`${parent.name}.${field.name}`);
        addType(used, getNamedType(field.type));
      },
      Argument({ name }) {
        const [parent, field] = [info.getParentType(), info.getFieldDef()];
        if (parent && field) used.add(`${parent.name}.${field.name}.${name.value}`);
        addInput(used, info.getInputType());
      },
      NamedType: ({ name }) => void used.add(name.value),
      VariableDefinition: ({ type }) => addInput(used, typeFromAST(schema, type) as GraphQLInputType | undefined),
    }),
  );
  return used;
}

function addType(used: Set<string>, type: GraphQLNamedType): void {
  used.add(type.name);
  if (isEnumType(type)) for (const { name } of type.getValues()) used.add(`${type.name}.${name}`);
}

/** Adds an input type with all fields, recursively: the values of variables are unknown. */
function addInput(used: Set<string>, input: GraphQLInputType | null | undefined): void {
  const type = getNamedType(input ?? undefined);
  if (!type || used.has(type.name)) return;
  addType(used, type);
  if (!isInputObjectType(type)) return;
  for (const field of Object.values(type.getFields())) {
    used.add(`${type.name}.${field.name}`);
    addInput(used, field.type);
  }
}

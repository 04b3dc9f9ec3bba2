import {
  type ConstDirectiveNode,
  type FieldDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  type ObjectTypeExtensionNode,
  parse,
} from 'graphql';

/** Rules for the entity requests that the gateway sends to a subgraph. */
export interface EntityRules {
  /** Throws if the gateway would not send this representation to select these fields; the message gives the reason. */
  check(type: string, representation: Record<string, unknown>, selected: string[]): void;
}

type EntityNode = ObjectTypeDefinitionNode | ObjectTypeExtensionNode;

/** Returns the rules that `@key` and `@requires` in a subgraph's schema express. */
export function entityRules(sdl: string): EntityRules {
  const { definitions } = parse(sdl, { noLocation: true });
  const objects = definitions.filter(
    (node): node is EntityNode => node.kind === Kind.OBJECT_TYPE_DEFINITION || node.kind === Kind.OBJECT_TYPE_EXTENSION,
  );
  return {
    check(type, representation, selected) {
      const nodes = objects.filter(({ name }) => name.value === type);
      const keys = nodes.flatMap(({ directives }) => fieldSets(directives, 'key'));
      if (keys.length === 0) throw new Error(`"${type}" is no entity of this subgraph: it has no @key.`);
      const has = (name: string) => name in representation;
      if (!keys.some((key) => topFields(key).every(has)))
        throw new Error(
          `A representation of ${type} needs all fields of a key: ${keys.map((key) => `"${key}"`).join(' or ')}.`,
        );
      const fields = nodes.flatMap((node) => node.fields ?? []).filter(({ name }) => selected.includes(name.value));
      for (const field of fields) checkRequired(type, field, has);
    },
  };
}

function checkRequired(type: string, { name, directives }: FieldDefinitionNode, has: (name: string) => boolean): void {
  const missing = fieldSets(directives, 'requires')
    .flatMap(topFields)
    .filter((field) => !has(field));
  if (missing.length === 0) return;
  throw new Error(
    `${type}.${name.value} requires ${missing.join(', ')}: add it to the representation, as the gateway does.`,
  );
}

/** Returns the `fields` arguments of a federation directive, imported or not. */
function fieldSets(directives: readonly ConstDirectiveNode[] = [], directive: string): string[] {
  const names = [directive, `federation__${directive}`];
  return directives
    .filter(({ name }) => names.includes(name.value))
    .flatMap(({ arguments: all = [] }) => all.filter(({ name }) => name.value === 'fields'))
    .flatMap(({ value }) => (value.kind === Kind.STRING ? [value.value] : []));
}

/** `"id owner { id }"` → `id`, `owner` */
function topFields(fieldSet: string): string[] {
  const [operation] = parse(`{ ${fieldSet} }`).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) return [];
  return operation.selectionSet.selections.flatMap((each) => (each.kind === Kind.FIELD ? [each.name.value] : []));
}

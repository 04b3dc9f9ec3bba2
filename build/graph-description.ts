import {
  type ConstDirectiveNode,
  type DocumentNode,
  type EnumTypeDefinitionNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  Kind,
  print,
  type TypeDefinitionNode,
  valueFromASTUntyped,
} from 'graphql';
import { DirectiveNames } from '#platform/federation/directive-names.ts';
import type {
  FieldDescription,
  ServiceDescription,
  TypeDescription,
} from '../local/explorer/graph/graph-description.ts';

const KINDS: { [Node in TypeDefinitionNode as Node['kind']]: TypeDescription['kind'] } = {
  [Kind.OBJECT_TYPE_DEFINITION]: 'object',
  [Kind.INTERFACE_TYPE_DEFINITION]: 'interface',
  [Kind.UNION_TYPE_DEFINITION]: 'union',
  [Kind.ENUM_TYPE_DEFINITION]: 'enum',
  [Kind.INPUT_OBJECT_TYPE_DEFINITION]: 'input',
  [Kind.SCALAR_TYPE_DEFINITION]: 'scalar',
};
const ACCESS = ['authenticated', 'requiresScopes', 'policy'] as const;
const ROOT_TYPES = ['Query', 'Mutation', 'Subscription'];

/** Returns the services and types of a supergraph, with the services that define each type and resolve each field. */
export function describeSupergraph(supergraph: DocumentNode): {
  services: ServiceDescription[];
  types: TypeDescription[];
} {
  const names = new DirectiveNames(supergraph);
  const graphs = graphsOf(supergraph);
  const reader = new TypeReader(names, new Map([...graphs].map(([graph, { name }]) => [graph, name])));
  const types = supergraph.definitions
    .filter((each): each is TypeDefinitionNode => each.kind in KINDS)
    .filter(({ name }) => !names.isSpecified(name.value))
    .map((node) => reader.read(node))
    .sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
  return { services: [...graphs.values()].sort((a, b) => a.name.localeCompare(b.name)), types };
}

function rank({ name }: TypeDescription): number {
  const position = ROOT_TYPES.indexOf(name);
  return position < 0 ? ROOT_TYPES.length : position;
}

/** Returns the services by their name in `join__Graph`. */
function graphsOf({ definitions }: DocumentNode): Map<string, ServiceDescription> {
  const graphs = definitions.find(
    (each): each is EnumTypeDefinitionNode =>
      each.kind === Kind.ENUM_TYPE_DEFINITION && each.name.value === 'join__Graph',
  );
  return new Map(
    (graphs?.values ?? []).map(({ name, directives: [join] = [] }) => {
      const { name: service = name.value, url = '' } = join ? argumentsOf(join) : {};
      return [name.value, { name: String(service), address: String(url) }];
    }),
  );
}

/** Reads the types of one supergraph. */
class TypeReader {
  readonly #names: DirectiveNames;
  readonly #services: ReadonlyMap<string, string>;

  constructor(names: DirectiveNames, services: ReadonlyMap<string, string>) {
    this.#names = names;
    this.#services = services;
  }

  read(node: TypeDefinitionNode): TypeDescription {
    const joins = this.#names.applied('joinType', node).map(argumentsOf);
    const services = this.#servicesIn(joins);
    const keys = joins.flatMap(({ key, graph, resolvable }) =>
      key ? [{ service: this.#service(graph), fields: String(key), isResolvable: resolvable !== false }] : [],
    );
    return {
      name: node.name.value,
      kind: KINDS[node.kind],
      ...(node.description && { description: node.description.value }),
      services,
      keys,
      fields: 'fields' in node ? (node.fields ?? []).map((field) => this.#field(field, services)) : [],
      members: membersOf(node),
      access: this.#access(node),
    };
  }

  #field(node: FieldDefinitionNode | InputValueDefinitionNode, services: string[]): FieldDescription {
    const joins = this.#names.applied('joinField', node).map(argumentsOf);
    const resolving = joins.filter(({ graph, external, usedOverridden }) => graph && !external && !usedOverridden);
    const requires = joins.find((join) => join.requires)?.requires;
    const deprecated = (node.directives ?? []).find(({ name }) => name.value === 'deprecated');
    return {
      name: node.name.value,
      type: print(node.type),
      ...(node.description && { description: node.description.value }),
      services: joins.length > 0 ? this.#servicesIn(resolving) : services,
      ...(requires !== undefined && { requires: String(requires) }),
      access: this.#access(node),
      ...(deprecated && { deprecated: String(argumentsOf(deprecated).reason ?? 'No longer supported') }),
      ...(this.#names.applied('inaccessible', node).length > 0 && { isHidden: true }),
    };
  }

  #access(node: { readonly directives?: readonly ConstDirectiveNode[] | undefined }): string[] {
    return ACCESS.flatMap((each) =>
      this.#names.applied(each, node).map(({ arguments: given = [] }) => {
        const values = given.map(({ value }) => print(value)).join(', ');
        return values ? `@${each}(${values})` : `@${each}`;
      }),
    );
  }

  #servicesIn(joins: Record<string, unknown>[]): string[] {
    return [...new Set(joins.map(({ graph }) => this.#service(graph)))].sort();
  }

  #service(graph: unknown): string {
    return this.#services.get(String(graph)) ?? String(graph);
  }
}

function membersOf(node: TypeDefinitionNode): string[] {
  if (node.kind === Kind.UNION_TYPE_DEFINITION) return (node.types ?? []).map(({ name }) => name.value);
  if (node.kind === Kind.ENUM_TYPE_DEFINITION) return (node.values ?? []).map(({ name }) => name.value);
  return [];
}

function argumentsOf({ arguments: given = [] }: ConstDirectiveNode): Record<string, unknown> {
  return Object.fromEntries(given.map(({ name, value }) => [name.value, valueFromASTUntyped(value)]));
}

import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type ConstDirectiveNode,
  type DefinitionNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  Kind,
  type NamedTypeNode,
  parse,
  print,
  type TypeNode,
  visit,
} from 'graphql';
import { readSupergraph } from '../gateway/engine/plan/supergraph.ts';
import { assetOf } from './bundle.ts';
import { graphPath, ROOT } from './discover.ts';

/** A contract whose part of the graph is no graph. */
class ContractFailed extends Error {
  override name = 'ContractFailed';
}

/** Where the supergraphs of contracts lie in the gateway's asset. */
const FOLDER = 'contracts';

/** Path of the file that names the contracts, from the root. */
export function contractsPath(root = ROOT): string {
  return graphPath('contracts.json', root);
}

/** The tags of each contract, by its name; a graph may have none. */
export function contracts(root = ROOT): Record<string, string[]> {
  const file = join(root, contractsPath(root));
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
}

/** Puts the supergraph of each contract into the gateway's asset; throws ContractFailed if one does not compose. */
export function writeContracts(supergraphSdl: string, root = ROOT): void {
  const folder = join(assetOf({ name: 'gateway', root }), FOLDER);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [name, tags] of Object.entries(contracts(root)))
    writeFileSync(join(folder, `${name}.graphql`), contractSupergraph(supergraphSdl, name, tags));
}

type Fielded = { fields?: readonly (FieldDefinitionNode | InputValueDefinitionNode)[] };
type TypeDefinition = Extract<DefinitionNode, { name: { value: string } }> & {
  directives?: readonly ConstDirectiveNode[];
};

const ROOTS = new Set(['Query', 'Mutation']);
/** Types that specifications have for themselves, such as `join__Graph`. */
const INTERNAL = /__/;

/**
 * The part of a supergraph that a contract shows: all else is made `@inaccessible`. A field at the top is shown if it has one of the
 * tags. Below, everything is shown that can be reached, but for what has other tags alone, or a type that is not shown.
 * Throws ContractFailed if what is left is no graph.
 */
export function contractSupergraph(supergraphSdl: string, name: string, tags: string[]): string {
  const document = parse(withSpecification(supergraphSdl), { noLocation: true });
  const types = new Map(
    document.definitions.flatMap((each) => (isType(each) ? [[each.name.value, each] as const] : [])),
  );
  const hidden = hiddenTypes(types, tags);
  const isShown = (field: FieldDefinitionNode | InputValueDefinitionNode, owner: string) =>
    showsField(field, owner, tags, hidden);
  const ofDirectives = document.definitions.flatMap((each) =>
    each.kind === Kind.DIRECTIVE_DEFINITION ? (each.arguments ?? []).map(({ type }) => namedType(type)) : [],
  );
  const reached = reachable(types, isShown, hidden, ofDirectives);
  const marked = visit(document, {
    enter: (node, _key, _parent, _path, ancestors) => {
      if (isType(node as DefinitionNode)) {
        const type = node as TypeDefinition;
        if (reached.has(type.name.value)) return undefined;
        return withInaccessible(type);
      }
      if (node.kind === Kind.FIELD_DEFINITION || node.kind === Kind.INPUT_VALUE_DEFINITION) {
        const owner = ancestors.findLast((each) => !Array.isArray(each) && isType(each as DefinitionNode)) as
          | TypeDefinition
          | undefined;
        const isArgument = ancestors.some(
          (each) => !Array.isArray(each) && (each as { kind: string }).kind === Kind.FIELD_DEFINITION,
        );
        if (!owner) return undefined;
        const shows = isArgument ? showsArgument(node, tags, hidden) : isShown(node, owner.name.value);
        return shows ? undefined : withInaccessible(node);
      }
      if (node.kind === Kind.ENUM_VALUE_DEFINITION && isOut(node.directives, tags)) return withInaccessible(node);
      return undefined;
    },
  });
  const sdl = print(marked);
  check(sdl, name);
  return sdl;
}

/** The supergraph with the specification of `@inaccessible`, which one that hides nothing lacks. */
function withSpecification(sdl: string): string {
  const url = 'https://specs.apollo.dev/inaccessible/v0.2';
  if (sdl.includes(url)) return sdl;
  const places =
    'FIELD_DEFINITION | OBJECT | INTERFACE | UNION | ARGUMENT_DEFINITION | SCALAR | ENUM | ENUM_VALUE | INPUT_OBJECT | INPUT_FIELD_DEFINITION';
  return `${sdl.replace(/^schema\b/m, `schema @link(url: "${url}", for: SECURITY)`)}\ndirective @inaccessible on ${places}\n`;
}

/** Types that have other tags alone, and those that have no field left. */
function hiddenTypes(types: ReadonlyMap<string, TypeDefinition>, tags: string[]): Set<string> {
  const hidden = new Set(
    [...types.values()].filter(({ directives }) => isOut(directives, tags)).map((each) => each.name.value),
  );
  for (let before = -1; before !== hidden.size; ) {
    before = hidden.size;
    for (const type of types.values()) {
      const { fields = [] } = type as Fielded;
      const shown = fields.filter((field) => showsField(field, type.name.value, tags, hidden));
      const lacks =
        type.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION &&
        fields.some((field) => isRequired(field) && !shown.includes(field));
      if ((fields.length > 0 && shown.length === 0) || lacks) hidden.add(type.name.value);
    }
  }
  return hidden;
}

function showsField(
  field: FieldDefinitionNode | InputValueDefinitionNode,
  owner: string,
  tags: string[],
  hidden: ReadonlySet<string>,
): boolean {
  if (isOut(field.directives, tags) || hidden.has(namedType(field.type))) return false;
  if (ROOTS.has(owner) && tagsOf(field.directives).length === 0) return false;
  const given = field.kind === Kind.FIELD_DEFINITION ? (field.arguments ?? []) : [];
  return !given.some((argument) => isRequired(argument) && !showsArgument(argument, tags, hidden));
}

function showsArgument(
  { directives, type }: FieldDefinitionNode | InputValueDefinitionNode,
  tags: string[],
  hidden: ReadonlySet<string>,
): boolean {
  return !isOut(directives, tags) && !hidden.has(namedType(type));
}

/** The types that a client can come to, and those of directives. */
function reachable(
  types: ReadonlyMap<string, TypeDefinition>,
  isShown: (field: FieldDefinitionNode | InputValueDefinitionNode, owner: string) => boolean,
  hidden: ReadonlySet<string>,
  ofDirectives: string[],
): Set<string> {
  const reached = new Set([...ofDirectives, ...[...ROOTS].filter((root) => !hidden.has(root))]);
  for (const name of reached) {
    const type = types.get(name);
    if (!type) continue;
    const { fields = [] } = type as Fielded;
    const shown = fields.filter((field) => isShown(field, name));
    const inputs = shown.flatMap((field) => (field.kind === Kind.FIELD_DEFINITION ? (field.arguments ?? []) : []));
    const related = [
      ...[...shown, ...inputs].map((each) => namedType(each.type)),
      ...namesIn('interfaces' in type ? type.interfaces : []),
      ...namesIn('types' in type ? type.types : []),
      ...[...types.values()].flatMap((each) =>
        'interfaces' in each && namesIn(each.interfaces).includes(name) ? each.name.value : [],
      ),
    ];
    for (const each of related) if (!hidden.has(each)) reached.add(each);
  }
  return reached;
}

function check(sdl: string, name: string): void {
  try {
    readSupergraph(sdl);
  } catch (error) {
    throw new ContractFailed(
      `The contract "${name}" shows no whole graph: ${error instanceof Error ? error.message : error}`,
    );
  }
}

function isType(node: DefinitionNode): node is TypeDefinition {
  return node.kind.endsWith('TypeDefinition') && 'name' in node && !INTERNAL.test(node.name?.value ?? '');
}

function tagsOf(directives: readonly ConstDirectiveNode[] = []): string[] {
  return directives.flatMap(({ name, arguments: [only] = [] }) =>
    name.value === 'tag' && only?.value.kind === Kind.STRING ? only.value.value : [],
  );
}

/** Whether something has tags and none of these, or is hidden from all. */
function isOut(directives: readonly ConstDirectiveNode[] = [], tags: string[]): boolean {
  if (directives.some(({ name }) => name.value === 'inaccessible')) return true;
  const own = tagsOf(directives);
  return own.length > 0 && !own.some((tag) => tags.includes(tag));
}

function isRequired({ type, ...field }: FieldDefinitionNode | InputValueDefinitionNode): boolean {
  return type.kind === Kind.NON_NULL_TYPE && !('defaultValue' in field && field.defaultValue);
}

function namedType(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type);
}

function namesIn(nodes: readonly NamedTypeNode[] = []): string[] {
  return nodes.map(({ name }) => name.value);
}

function withInaccessible<Node extends { directives?: readonly ConstDirectiveNode[] }>(node: Node): Node {
  const { directives = [] } = node;
  if (directives.some(({ name }) => name.value === 'inaccessible')) return node;
  return {
    ...node,
    directives: [...directives, { kind: Kind.DIRECTIVE, name: { kind: Kind.NAME, value: 'inaccessible' } }],
  };
}

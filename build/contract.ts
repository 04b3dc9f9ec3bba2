import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type ConstDirectiveNode,
  type DefinitionNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  Kind,
  type NamedTypeNode,
  parse,
  print,
  printSchema,
  type TypeNode,
  visit,
} from 'graphql';
import { readSupergraph } from '../gateway/engine/plan/supergraph.ts';
import { assetOf } from './bundle.ts';
import { ContractTags } from './contract-tags.ts';
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
  for (const [name, tags] of Object.entries(contracts(root))) {
    const sdl = contractSupergraph(supergraphSdl, name, tags);
    writeFileSync(join(folder, `${name}.graphql`), sdl);
    writeFileSync(join(folder, `${name}.api.graphql`), printSchema(readSupergraph(sdl).schema));
  }
}

type Fielded = { fields?: readonly (FieldDefinitionNode | InputValueDefinitionNode)[] };
type TypeDefinition = Extract<DefinitionNode, { name: { value: string } }> & {
  directives?: readonly ConstDirectiveNode[];
};

const ROOTS = new Set(['Query', 'Mutation']);

/**
 * The part of a supergraph that a contract shows: all else is made `@inaccessible`. A field at the top is shown if it has one of the
 * tags. Below, everything is shown that can be reached, but for what has other tags alone, or a type that is not shown.
 * Throws ContractFailed if what is left is no graph.
 */
export function contractSupergraph(supergraphSdl: string, name: string, tags: string[]): string {
  const view = new ContractView(new ContractTags(parse(supergraphSdl, { noLocation: true }), tags));
  const sdl = print(view.marked());
  check(sdl, name);
  return sdl;
}

/** What a contract shows of a supergraph. */
class ContractView {
  readonly #tags: ContractTags;
  readonly #types: ReadonlyMap<string, TypeDefinition>;
  readonly #hidden = new Set<string>();

  constructor(tags: ContractTags) {
    this.#tags = tags;
    const types = tags.document.definitions.flatMap((each) => (isType(each, tags) ? [each] : []));
    this.#types = new Map(types.map((each) => [each.name.value, each]));
    this.#hideTypes();
  }

  /** The supergraph, with `@inaccessible` on all that the contract does not show. */
  marked(): DocumentNode {
    const reached = this.#reachable();
    return visit(this.#tags.document, {
      enter: (node, _key, _parent, _path, ancestors) => {
        if (isType(node as DefinitionNode, this.#tags)) {
          const type = node as TypeDefinition;
          return reached.has(type.name.value) ? undefined : this.#tags.hidden(type);
        }
        if (node.kind === Kind.FIELD_DEFINITION || node.kind === Kind.INPUT_VALUE_DEFINITION) {
          const owner = ancestors.findLast(
            (each) => !Array.isArray(each) && isType(each as DefinitionNode, this.#tags),
          );
          if (!owner) return undefined;
          const isArgument = ancestors.some(
            (each) => !Array.isArray(each) && (each as { kind: string }).kind === Kind.FIELD_DEFINITION,
          );
          const ownerName = (owner as TypeDefinition).name.value;
          const shows = isArgument ? this.#showsArgument(node) : this.#showsField(node, ownerName);
          return shows ? undefined : this.#tags.hidden(node);
        }
        if (node.kind === Kind.ENUM_VALUE_DEFINITION && this.#tags.hides(node)) return this.#tags.hidden(node);
        return undefined;
      },
    });
  }

  /** Hides types that have other tags alone, and those that have no field left. */
  #hideTypes(): void {
    const hidden = this.#hidden;
    for (const type of this.#types.values()) if (this.#tags.hides(type)) hidden.add(type.name.value);
    for (let before = -1; before !== hidden.size; ) {
      before = hidden.size;
      for (const type of this.#types.values()) {
        const { fields = [] } = type as Fielded;
        const shown = fields.filter((field) => this.#showsField(field, type.name.value));
        const lacks =
          type.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION &&
          fields.some((field) => isRequired(field) && !shown.includes(field));
        if ((fields.length > 0 && shown.length === 0) || lacks) hidden.add(type.name.value);
      }
    }
  }

  #showsField(field: FieldDefinitionNode | InputValueDefinitionNode, owner: string): boolean {
    if (this.#tags.hides(field) || this.#hidden.has(namedType(field.type))) return false;
    if (ROOTS.has(owner) && this.#tags.of(field).length === 0) return false;
    const given = field.kind === Kind.FIELD_DEFINITION ? (field.arguments ?? []) : [];
    return !given.some((argument) => isRequired(argument) && !this.#showsArgument(argument));
  }

  #showsArgument(argument: FieldDefinitionNode | InputValueDefinitionNode): boolean {
    return !this.#tags.hides(argument) && !this.#hidden.has(namedType(argument.type));
  }

  /** The types that a client can come to, and those of directives. */
  #reachable(): Set<string> {
    const ofDirectives = this.#tags.document.definitions.flatMap((each) =>
      each.kind === Kind.DIRECTIVE_DEFINITION ? (each.arguments ?? []).map(({ type }) => namedType(type)) : [],
    );
    const reached = new Set([...ofDirectives, ...[...ROOTS].filter((root) => !this.#hidden.has(root))]);
    for (const name of reached) {
      for (const each of this.#relatedTo(name)) if (!this.#hidden.has(each)) reached.add(each);
    }
    return reached;
  }

  #relatedTo(name: string): string[] {
    const type = this.#types.get(name);
    if (!type) return [];
    const { fields = [] } = type as Fielded;
    const shown = fields.filter((field) => this.#showsField(field, name));
    const inputs = shown.flatMap((field) => (field.kind === Kind.FIELD_DEFINITION ? (field.arguments ?? []) : []));
    return [
      ...[...shown, ...inputs].map((each) => namedType(each.type)),
      ...namesIn('interfaces' in type ? type.interfaces : []),
      ...namesIn('types' in type ? type.types : []),
      ...[...this.#types.values()].flatMap((each) =>
        'interfaces' in each && namesIn(each.interfaces).includes(name) ? each.name.value : [],
      ),
    ];
  }
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

function isType(node: DefinitionNode, tags: ContractTags): node is TypeDefinition {
  return node.kind.endsWith('TypeDefinition') && 'name' in node && !tags.isSpecified(node.name?.value ?? '');
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

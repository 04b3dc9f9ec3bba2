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

/** A contract has no valid schema. */
class ContractFailed extends Error {
  override name = 'ContractFailed';
}

/** Folder of the contracts' supergraphs in the gateway's asset. */
export const CONTRACTS = 'contracts';

/** Returns the path of the contracts file, relative to the root. */
export function contractsPath(root = ROOT): string {
  return graphPath('contracts.json', root);
}

/** Returns the tags of each contract, by name; empty without a contracts file. */
export function contracts(root = ROOT): Record<string, string[]> {
  const file = join(root, contractsPath(root));
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
}

/** Writes each contract's supergraph and API schema into the gateway's asset; throws ContractFailed if one is invalid. */
export function writeContracts(supergraphSdl: string, root = ROOT): void {
  const folder = join(assetOf({ name: 'gateway', root }), CONTRACTS);
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

const ROOTS = new Set(['Query', 'Mutation', 'Subscription']);

/**
 * Returns a contract's supergraph, with all excluded elements `@inaccessible`. Includes root fields with one of the tags, and
 * everything reachable from them, except elements that have only other tags or an excluded type. Throws ContractFailed if the
 * result is invalid.
 */
export function contractSupergraph(supergraphSdl: string, name: string, tags: string[]): string {
  const filter = new ContractFilter(new ContractTags(parse(supergraphSdl, { noLocation: true }), tags));
  const sdl = print(filter.apply());
  check(sdl, name);
  return sdl;
}

/** Decides which elements of a supergraph a contract includes. */
class ContractFilter {
  readonly #tags: ContractTags;
  readonly #types: ReadonlyMap<string, TypeDefinition>;
  readonly #hidden = new Set<string>();

  constructor(tags: ContractTags) {
    this.#tags = tags;
    const types = tags.document.definitions.flatMap((each) => (isType(each, tags) ? [each] : []));
    this.#types = new Map(types.map((each) => [each.name.value, each]));
    this.#hideTypes();
  }

  /** Returns the supergraph with `@inaccessible` on the excluded elements. */
  apply(): DocumentNode {
    const reached = this.#reachable();
    return visit(this.#tags.document, {
      enter: (node, _key, _parent, _path, ancestors) => {
        if (isType(node as DefinitionNode, this.#tags)) {
          const type = node as TypeDefinition;
          return reached.has(type.name.value) ? undefined : this.#tags.hide(type);
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
          const included = isArgument ? this.#includesArgument(node) : this.#includesField(node, ownerName);
          return included ? undefined : this.#tags.hide(node);
        }
        if (node.kind === Kind.ENUM_VALUE_DEFINITION && this.#tags.hides(node)) return this.#tags.hide(node);
        return undefined;
      },
    });
  }

  /** Hides types with only other tags, without remaining fields, or with a hidden required input field. */
  #hideTypes(): void {
    const hidden = this.#hidden;
    for (const type of this.#types.values()) if (this.#tags.hides(type)) hidden.add(type.name.value);
    for (let before = -1; before !== hidden.size; ) {
      before = hidden.size;
      for (const type of this.#types.values()) {
        const { fields = [] } = type as Fielded;
        const included = fields.filter((field) => this.#includesField(field, type.name.value));
        const lacksRequired =
          type.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION &&
          fields.some((field) => isRequired(field) && !included.includes(field));
        if ((fields.length > 0 && included.length === 0) || lacksRequired) hidden.add(type.name.value);
      }
    }
  }

  #includesField(field: FieldDefinitionNode | InputValueDefinitionNode, owner: string): boolean {
    if (this.#tags.hides(field) || this.#hidden.has(namedType(field.type))) return false;
    if (ROOTS.has(owner) && this.#tags.of(field).length === 0) return false;
    const args = field.kind === Kind.FIELD_DEFINITION ? (field.arguments ?? []) : [];
    return !args.some((argument) => isRequired(argument) && !this.#includesArgument(argument));
  }

  #includesArgument(argument: FieldDefinitionNode | InputValueDefinitionNode): boolean {
    return !this.#tags.hides(argument) && !this.#hidden.has(namedType(argument.type));
  }

  /** Returns the types reachable from the root types, and the argument types of directives. */
  #reachable(): Set<string> {
    const directiveTypes = this.#tags.document.definitions.flatMap((each) =>
      each.kind === Kind.DIRECTIVE_DEFINITION ? (each.arguments ?? []).map(({ type }) => namedType(type)) : [],
    );
    const reached = new Set([...directiveTypes, ...[...ROOTS].filter((root) => !this.#hidden.has(root))]);
    for (const name of reached) {
      for (const each of this.#relatedTo(name)) if (!this.#hidden.has(each)) reached.add(each);
    }
    return reached;
  }

  #relatedTo(name: string): string[] {
    const type = this.#types.get(name);
    if (!type) return [];
    const { fields = [] } = type as Fielded;
    const included = fields.filter((field) => this.#includesField(field, name));
    const inputs = included.flatMap((field) => (field.kind === Kind.FIELD_DEFINITION ? (field.arguments ?? []) : []));
    return [
      ...[...included, ...inputs].map((each) => namedType(each.type)),
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
      `The contract "${name}" has no valid schema: ${error instanceof Error ? error.message : error}`,
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

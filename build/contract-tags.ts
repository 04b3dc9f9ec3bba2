import {
  type ConstDirectiveNode,
  type DirectiveDefinitionNode,
  type DocumentNode,
  Kind,
  parse,
  parseConstValue,
} from 'graphql';
import { DirectiveNames } from '#platform/federation/directive-names.ts';
import { identityOf } from '#platform/federation/specifications.ts';

/** An element of a schema, as far as its directives matter. */
export interface Tagged {
  readonly directives?: readonly ConstDirectiveNode[] | undefined;
}

/** What the tags in a supergraph say to a contract, under whatever name it has `@tag` and `@inaccessible`. */
export class ContractTags {
  /** The supergraph with the specification of `@inaccessible`, which one that hides nothing lacks. */
  readonly document: DocumentNode;
  readonly #tags: readonly string[];
  readonly #names: DirectiveNames;

  constructor(supergraph: DocumentNode, tags: readonly string[]) {
    this.document = withInaccessible(supergraph);
    this.#tags = tags;
    this.#names = new DirectiveNames(this.document);
  }

  /** Whether a type is part of a specification, such as `join__Graph`. */
  isSpecified(typeName: string): boolean {
    return this.#names.isSpecified(typeName);
  }

  /** The tags of an element. */
  of(node: Tagged): string[] {
    return this.#names
      .applied('tag', node)
      .flatMap(({ arguments: [only] = [] }) => (only?.value.kind === Kind.STRING ? only.value.value : []));
  }

  /** Whether an element has tags and none of the contract's, or is hidden from all. */
  hides(node: Tagged): boolean {
    if (this.#names.applied('inaccessible', node).length > 0) return true;
    const own = this.of(node);
    return own.length > 0 && !own.some((tag) => this.#tags.includes(tag));
  }

  /** The element made `@inaccessible`. */
  hidden<Node extends Tagged>(node: Node): Node {
    if (this.#names.applied('inaccessible', node).length > 0) return node;
    const [name = 'inaccessible'] = this.#names.of('inaccessible');
    return { ...node, directives: [...(node.directives ?? []), directive(name)] };
  }
}

const LOCATIONS =
  'FIELD_DEFINITION | OBJECT | INTERFACE | UNION | ARGUMENT_DEFINITION | SCALAR | ENUM | ENUM_VALUE | INPUT_OBJECT | INPUT_FIELD_DEFINITION';

function withInaccessible(supergraph: DocumentNode): DocumentNode {
  const names = new DirectiveNames(supergraph);
  const { linking } = names;
  if (!linking || names.isLinked('inaccessible')) return supergraph;
  // Something else may have the name already.
  const name = names.isTaken('inaccessible') ? 'hiddenByContract' : 'inaccessible';
  const link = directive(linking.namespace, {
    [linking.name === 'core' ? 'feature' : 'url']: `"${identityOf('inaccessible')}/v0.2"`,
    ...(name !== 'inaccessible' && { as: `"${name}"` }),
    for: 'SECURITY',
  });
  const definition = parse(`directive @${name} on ${LOCATIONS}`, { noLocation: true }).definitions;
  const isKnown = supergraph.definitions.some((each) => isDefinitionOf(name, each));
  return {
    ...supergraph,
    definitions: [
      ...supergraph.definitions.map((each) =>
        each.kind === Kind.SCHEMA_DEFINITION ? { ...each, directives: [...(each.directives ?? []), link] } : each,
      ),
      ...(isKnown ? [] : definition),
    ],
  };
}

function isDefinitionOf(name: string, node: { kind: string }): boolean {
  return node.kind === Kind.DIRECTIVE_DEFINITION && (node as DirectiveDefinitionNode).name.value === name;
}

function directive(name: string, given: Record<string, string> = {}): ConstDirectiveNode {
  return {
    kind: Kind.DIRECTIVE,
    name: { kind: Kind.NAME, value: name },
    arguments: Object.entries(given).map(([argument, value]) => ({
      kind: Kind.ARGUMENT,
      name: { kind: Kind.NAME, value: argument },
      value: parseConstValue(value, { noLocation: true }),
    })),
  };
}

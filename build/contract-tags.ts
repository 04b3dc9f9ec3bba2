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

/** A schema element that can have directives. */
export interface Tagged {
  readonly directives?: readonly ConstDirectiveNode[] | undefined;
}

/** Evaluates and applies a contract's tags in a supergraph, with its import names of `@tag` and `@inaccessible`. */
export class ContractTags {
  /** The supergraph, with a link to the `@inaccessible` specification added if missing. */
  readonly document: DocumentNode;
  readonly #tags: readonly string[];
  readonly #names: DirectiveNames;

  constructor(supergraph: DocumentNode, tags: readonly string[]) {
    this.document = withInaccessible(supergraph);
    this.#tags = tags;
    this.#names = new DirectiveNames(this.document);
  }

  /** Whether a type belongs to a specification, such as `join__Graph`. */
  isSpecified(typeName: string): boolean {
    return this.#names.isSpecified(typeName);
  }

  /** Returns the tags of an element. */
  of(node: Tagged): string[] {
    return this.#names
      .applied('tag', node)
      .flatMap(({ arguments: [only] = [] }) => (only?.value.kind === Kind.STRING ? only.value.value : []));
  }

  /** Whether an element is `@inaccessible`, or has tags but none of the contract's. */
  hides(node: Tagged): boolean {
    if (this.#names.applied('inaccessible', node).length > 0) return true;
    const tags = this.of(node);
    return tags.length > 0 && !tags.some((tag) => this.#tags.includes(tag));
  }

  /** Returns the element with `@inaccessible` added. */
  hide<Node extends Tagged>(node: Node): Node {
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
  // Another specification may use the name.
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

function directive(name: string, args: Record<string, string> = {}): ConstDirectiveNode {
  return {
    kind: Kind.DIRECTIVE,
    name: { kind: Kind.NAME, value: name },
    arguments: Object.entries(args).map(([argument, value]) => ({
      kind: Kind.ARGUMENT,
      name: { kind: Kind.NAME, value: argument },
      value: parseConstValue(value, { noLocation: true }),
    })),
  };
}

import {
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  Kind,
  valueFromASTUntyped,
} from 'graphql';
import { DirectiveNames } from '#platform/federation/directive-names.ts';

/**
 * `@listSize` of a field, https://ibm.github.io/graphql-specs/cost-spec.html#sec-The-List-Size-Directive, and `@listBound`, which
 * adds a range of days and a maximum that the subgraph enforces.
 */
export interface ListSize {
  assumedSize?: number;
  /** Arguments whose number, or number of items, limits the list; a dot separates input fields: `filter.limit`. */
  slicingArguments?: string[];
  /** Arguments with the first and the last day of a range; the list has one item per day. */
  days?: string[];
  /** Maximum length of the list. */
  maximum?: number;
  /** Child fields that the size applies to instead of the field itself, such as `edges`. */
  sizedFields?: string[];
}

/** `@cost`, `@listSize` and `@listBound` of a schema, by coordinate: `Type`, `Type.field`, `Type.field(argument:)`. */
export interface CostHints {
  weights: Map<string, number>;
  listSizes: Map<string, ListSize>;
}

/** Reads the hints of a subgraph's or supergraph's schema, including renamed imports of the directives. */
export function costHints(schema: DocumentNode): CostHints {
  const reader = new HintReader(schema);
  for (const definition of schema.definitions) {
    switch (definition.kind) {
      case Kind.OBJECT_TYPE_DEFINITION:
      case Kind.INTERFACE_TYPE_DEFINITION:
        reader.readWeight(definition.name.value, definition);
        for (const field of definition.fields ?? []) {
          reader.readField(`${definition.name.value}.${field.name.value}`, field);
        }
        break;
      case Kind.SCALAR_TYPE_DEFINITION:
      case Kind.ENUM_TYPE_DEFINITION:
        reader.readWeight(definition.name.value, definition);
    }
  }
  return reader.hints;
}

type Annotated = { readonly directives?: readonly ConstDirectiveNode[] | undefined };

class HintReader {
  readonly hints: CostHints = { weights: new Map(), listSizes: new Map() };
  readonly #names: DirectiveNames;

  constructor(schema: DocumentNode) {
    this.#names = new DirectiveNames(schema);
  }

  readField(coordinate: string, field: FieldDefinitionNode): void {
    this.readWeight(coordinate, field);
    const listSize = (['listSize', 'listBound'] as const).flatMap((name) =>
      this.#names.applied(name, field).map(argumentsOf),
    );
    if (listSize.length > 0) this.hints.listSizes.set(coordinate, Object.assign({}, ...listSize) as ListSize);
    for (const input of field.arguments ?? []) this.readWeight(`${coordinate}(${input.name.value}:)`, input);
  }

  readWeight(coordinate: string, node: Annotated): void {
    const [cost] = this.#names.applied('cost', node);
    const { weight } = cost ? argumentsOf(cost) : {};
    if (weight !== undefined) this.hints.weights.set(coordinate, Number(weight));
  }
}

function argumentsOf({ arguments: given = [] }: ConstDirectiveNode): Record<string, unknown> {
  return Object.fromEntries(given.map(({ name, value }) => [name.value, valueFromASTUntyped(value)]));
}

import {
  type ConstDirectiveNode,
  type DocumentNode,
  type InputValueDefinitionNode,
  Kind,
  valueFromASTUntyped,
} from 'graphql';

/**
 * `@listSize` of a field, https://ibm.github.io/graphql-specs/cost-spec.html#sec-The-List-Size-Directive, and `@listBound`, which
 * adds what that lacks: a range of days, and a maximum that the subgraph itself enforces.
 */
export interface ListSize {
  assumedSize?: number;
  /** Arguments whose number, or number of items, bounds the list; a dot leads into an input object. */
  slicingArguments?: string[];
  /** Arguments that are the first and the last day of a range: the list has one item a day. */
  days?: string[];
  /** More than this the list never has. */
  maximum?: number;
  /** Fields below that have the size in place of the field itself, such as `edges`. */
  sizedFields?: string[];
}

/** What `@cost`, `@listSize` and `@listBound` in a schema say, by coordinate: `Type`, `Type.field`, `Type.field(argument:)`. */
export interface CostHints {
  weights: Map<string, number>;
  listSizes: Map<string, ListSize>;
}

/** Reads the hints of a schema, the supergraph's included. */
export function costHints({ definitions }: DocumentNode): CostHints {
  const hints: CostHints = { weights: new Map(), listSizes: new Map() };
  for (const definition of definitions) {
    switch (definition.kind) {
      case Kind.OBJECT_TYPE_DEFINITION:
      case Kind.INTERFACE_TYPE_DEFINITION:
        readWeight(hints, definition.name.value, definition.directives);
        for (const field of definition.fields ?? []) {
          readField(hints, `${definition.name.value}.${field.name.value}`, field.directives, field.arguments);
        }
        break;
      case Kind.SCALAR_TYPE_DEFINITION:
      case Kind.ENUM_TYPE_DEFINITION:
        readWeight(hints, definition.name.value, definition.directives);
    }
  }
  return hints;
}

type Directives = readonly ConstDirectiveNode[] | undefined;

function readField(
  hints: CostHints,
  coordinate: string,
  directives: Directives,
  inputs: readonly InputValueDefinitionNode[] = [],
): void {
  readWeight(hints, coordinate, directives);
  const listSize = { ...argumentsOf(directives, 'listSize'), ...argumentsOf(directives, 'listBound') };
  if (Object.keys(listSize).length > 0) hints.listSizes.set(coordinate, listSize as ListSize);
  for (const { name, directives: own } of inputs) readWeight(hints, `${coordinate}(${name.value}:)`, own);
}

function readWeight({ weights }: CostHints, coordinate: string, directives: Directives): void {
  const { weight } = argumentsOf(directives, 'cost') ?? {};
  if (weight !== undefined) weights.set(coordinate, Number(weight));
}

function argumentsOf(directives: Directives, name: string): Record<string, unknown> | undefined {
  const directive = directives?.find((each) => each.name.value === name);
  return (
    directive &&
    Object.fromEntries(
      (directive.arguments ?? []).map(({ name: key, value }) => [key.value, valueFromASTUntyped(value)]),
    )
  );
}

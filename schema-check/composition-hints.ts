/** Remedies of composition errors, by code: https://www.apollographql.com/docs/graphos/reference/federation/errors */
const HINTS: Record<string, string> = {
  SYNTAX: 'Fix the syntax error at that line.',
  INVALID_GRAPHQL:
    'Check the spelling. Federation directives must be in the import list of @link, at the top of the schema.',
  UNKNOWN_LINK_VERSION: 'Use the federation version that the other subgraphs have in @link.',
  INVALID_FIELD_SHARING:
    'Remove the field from one subgraph; or, if both return the same value, mark it @shareable in both.',
  FIELD_TYPE_MISMATCH:
    'Give the field one type in every subgraph; for a new type, add a field and remove the old one later.',
  FIELD_ARGUMENT_TYPE_MISMATCH: 'Give the argument one type in every subgraph.',
  FIELD_ARGUMENT_DEFAULT_MISMATCH: 'Give the argument one default value in every subgraph.',
  REQUIRED_ARGUMENT_MISSING_IN_SOME_SUBGRAPH:
    'Add the argument in every subgraph that resolves the field, or make it optional.',
  INPUT_FIELD_DEFAULT_MISMATCH: 'Give the input field one default value in every subgraph.',
  REQUIRED_INPUT_FIELD_MISSING_IN_SOME_SUBGRAPH:
    'Add the input field in every subgraph that has the type, or make it optional.',
  TYPE_KIND_MISMATCH: 'Type names are global in the graph: rename one of the two types.',
  ENUM_VALUE_MISMATCH:
    'An enum used for both input and output must have the same values everywhere: add the value in every subgraph.',
  EMPTY_MERGED_ENUM_TYPE: 'The subgraphs share no value of this enum: give them the same values.',
  EMPTY_MERGED_INPUT_TYPE: 'The subgraphs share no field of this input type: give them the same fields.',
  KEY_INVALID_FIELDS: '@key(fields: "…") names fields of the type itself: is it spelt right?',
  KEY_FIELDS_SELECT_INVALID_TYPE: 'A key is made of scalars and objects: leave lists, interfaces and unions out of it.',
  REQUIRES_INVALID_FIELDS:
    '@requires(fields: "…") names fields that the type has here, marked @external: is it spelt right?',
  REQUIRES_FIELDS_MISSING_EXTERNAL: 'Mark the fields that @requires names @external: another subgraph resolves them.',
  PROVIDES_INVALID_FIELDS: '@provides(fields: "…") names fields of the type that the field returns: is it spelt right?',
  PROVIDES_FIELDS_MISSING_EXTERNAL: 'Mark the fields that @provides names @external: another subgraph resolves them.',
  EXTERNAL_UNUSED:
    'Nothing in this subgraph uses the field: remove it, or remove @external if this subgraph resolves it.',
  EXTERNAL_MISSING_ON_BASE: 'No subgraph resolves the field: remove @external in the one that should.',
  EXTERNAL_TYPE_MISMATCH: 'Give the field the type that it has in the subgraph that resolves it.',
  EXTENSION_WITH_NO_BASE: 'No subgraph defines the extended type: check its spelling.',
  INTERFACE_FIELD_NO_IMPLEM:
    'Add the field to the implementing types in every subgraph, or remove it from the interface.',
  OVERRIDE_COLLISION_WITH_ANOTHER_DIRECTIVE:
    'A field that is overridden cannot be @external, @requires or @provides as well.',
  NO_QUERIES: 'A graph needs a root: add a field to type Query.',
};

/** Returns the remedy of a composition error; undefined if its message suffices. */
export function hintFor(code: string, message: string): string | undefined {
  if (code !== 'SATISFIABILITY_ERROR') return HINTS[code];
  const [, type, subgraph] = /type "([^"]+)" has no @key defined in subgraph "([^"]+)"/.exec(message) ?? [];
  if (!type) return 'No path leads to the field: its type needs a @key that the other subgraph can provide.';
  return `No path leads to the field. Give ${type} a @key in "${subgraph}" that the other subgraph can provide, such as @key(fields: "id").`;
}

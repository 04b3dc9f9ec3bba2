import type { FieldDefinition, ObjectType, Schema } from '@apollo/federation-internals';
import { parse, print, visit } from 'graphql';
import type { DirectiveNames } from '#platform/federation/directive-names.ts';

/** Names of fields that the planner may add to an operation to join entities. */
export interface JoinedFields {
  /** Fields in a `@key`, a `@requires` or a `@fromContext`. */
  all: ReadonlySet<string>;
  /** The subset selected with arguments. */
  withArguments: ReadonlySet<string>;
  /** Required arguments by field coordinate, for fields whose `@requires` conflicts with another field's. */
  conflictingRequires: ReadonlyMap<string, RequiredArguments>;
}

/** Arguments, as text, that a `@requires` passes to fields, by field name. */
export type RequiredArguments = ReadonlyMap<string, string>;

/** Returns the fields named by the supergraph's joins. */
export function joinedFields(schema: Schema, names: DirectiveNames): JoinedFields {
  const all = new Set<string>();
  const withArguments = new Set<string>();
  for (const fields of fieldSets(schema, names)) {
    for (const [name, given] of argumentsIn(fields)) {
      all.add(name);
      if (given) withArguments.add(name);
    }
  }
  return { all, withArguments, conflictingRequires: findConflictingRequires(schema, names) };
}

/** Whether two `@requires` pass different arguments to the same field, so that one fetch cannot serve both. */
export function argumentsConflict(one: RequiredArguments, other: RequiredArguments): boolean {
  return [...one].some(([name, given]) => (other.get(name) ?? given) !== given);
}

/** Returns the field sets in the arguments of the join directives. */
function fieldSets(schema: Schema, names: DirectiveNames): Set<string> {
  const types = applied(schema, names.of('joinType')).map(({ key }) => key);
  const fields = applied(schema, names.of('joinField')).flatMap(({ requires, contextArguments }) => [
    requires,
    ...selectionsFromContext(contextArguments),
  ]);
  return new Set([...types, ...fields].filter((value) => typeof value === 'string'));
}

function applied(schema: Schema, directives: ReadonlySet<string>): Record<string, unknown>[] {
  return [...directives].flatMap((directive) =>
    [...(schema.directive(directive)?.applications() ?? [])].map((each) => each.arguments()),
  );
}

/** A context argument's selection may begin with type conditions: `{ prop }` or `… on A { prop }`. */
function selectionsFromContext(value: unknown): string[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap(({ selection }: { selection?: unknown }) =>
    typeof selection === 'string' ? [selection.replace(/^\s*\{([\s\S]*)\}\s*$/, '$1')] : [],
  );
}

/** Returns each field of a field set with its arguments, as text. */
function argumentsIn(fields: string): [name: string, given: string][] {
  const found: [string, string][] = [];
  visit(parse(`{ ${fields} }`, { noLocation: true }), {
    Field: ({ name, arguments: given = [] }) => void found.push([name.value, given.map(print).sort().join()]),
  });
  return found;
}

function findConflictingRequires(schema: Schema, names: DirectiveNames): Map<string, RequiredArguments> {
  const requiring = schema
    .objectTypes()
    .flatMap((type) => type.fields().flatMap((field) => requiredBy(field, names.of('joinField'))));
  return new Map(requiring.filter(([, one]) => requiring.some(([, other]) => argumentsConflict(one, other))));
}

function requiredBy(
  field: FieldDefinition<ObjectType>,
  joinField: ReadonlySet<string>,
): [coordinate: string, required: RequiredArguments][] {
  return field.appliedDirectives.flatMap((directive) => {
    if (!joinField.has(directive.name)) return [];
    const { requires } = directive.arguments() as { requires?: unknown };
    return typeof requires === 'string' ? [[field.coordinate, new Map(argumentsIn(requires))]] : [];
  });
}

import type { FieldDefinition, ObjectType, Schema } from '@apollo/federation-internals';
import { parse, print, visit } from 'graphql';
import type { DirectiveNames } from '#platform/federation/directive-names.ts';

/** Names of fields that the planner may select by itself, to join entities. */
export interface JoinedFields {
  /** In a `@key`, a `@requires` or a `@fromContext`. */
  all: ReadonlySet<string>;
  /** … with arguments. */
  withArguments: ReadonlySet<string>;
  /** Fields, as `Type.field`, whose `@requires` cannot be met together with another's: it wants other arguments. */
  rivals: ReadonlyMap<string, RequiredArguments>;
}

/** What a `@requires` gives to fields, by their names. */
export type RequiredArguments = ReadonlyMap<string, string>;

/** Finds the fields that the supergraph's joins name. */
export function joinedFields(schema: Schema, names: DirectiveNames): JoinedFields {
  const all = new Set<string>();
  const withArguments = new Set<string>();
  for (const fields of fieldSets(schema, names)) {
    for (const [name, given] of argumentsIn(fields)) {
      all.add(name);
      if (given) withArguments.add(name);
    }
  }
  return { all, withArguments, rivals: rivals(schema, names) };
}

/** Whether two fields' requirements can be met by one fetch. */
export function areRivals(one: RequiredArguments, other: RequiredArguments): boolean {
  return [...one].some(([name, given]) => (other.get(name) ?? given) !== given);
}

/** Arguments of the join specification's directives that hold a selection of fields. */
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

/** Each field of a selection with its arguments, as text. */
function argumentsIn(fields: string): [name: string, given: string][] {
  const found: [string, string][] = [];
  visit(parse(`{ ${fields} }`, { noLocation: true }), {
    Field: ({ name, arguments: given = [] }) => void found.push([name.value, given.map(print).sort().join()]),
  });
  return found;
}

function rivals(schema: Schema, names: DirectiveNames): Map<string, RequiredArguments> {
  const requiring = schema
    .objectTypes()
    .flatMap((type) => type.fields().flatMap((field) => requiredBy(field, names.of('joinField'))));
  return new Map(requiring.filter(([, one]) => requiring.some(([, other]) => areRivals(one, other))));
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

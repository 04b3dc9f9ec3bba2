import type { FieldDefinition, ObjectType, Schema } from '@apollo/federation-internals';
import { parse, print, visit } from 'graphql';

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
export function joinedFields(schema: Schema): JoinedFields {
  const all = new Set<string>();
  const withArguments = new Set<string>();
  for (const fields of fieldSets(schema)) {
    for (const [name, given] of argumentsIn(fields)) {
      all.add(name);
      if (given) withArguments.add(name);
    }
  }
  return { all, withArguments, rivals: rivals(schema) };
}

/** Whether two fields' requirements can be met by one fetch. */
export function areRivals(one: RequiredArguments, other: RequiredArguments): boolean {
  return [...one].some(([name, given]) => (other.get(name) ?? given) !== given);
}

/** Arguments of the join specification's directives that hold a selection of fields. */
function fieldSets(schema: Schema): Set<string> {
  const types = applied(schema, 'join__type').map(({ key }) => key);
  const fields = applied(schema, 'join__field').flatMap(({ requires, contextArguments }) => [
    requires,
    ...selectionsFromContext(contextArguments),
  ]);
  return new Set([...types, ...fields].filter((value) => typeof value === 'string'));
}

function applied(schema: Schema, directive: string): Record<string, unknown>[] {
  return [...(schema.directive(directive)?.applications() ?? [])].map((each) => each.arguments());
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

function rivals(schema: Schema): Map<string, RequiredArguments> {
  const requiring = schema.objectTypes().flatMap((type) => type.fields().flatMap(requiredBy));
  return new Map(requiring.filter(([, one]) => requiring.some(([, other]) => areRivals(one, other))));
}

function requiredBy(field: FieldDefinition<ObjectType>): [coordinate: string, required: RequiredArguments][] {
  return field.appliedDirectivesOf('join__field').flatMap((directive) => {
    const { requires } = directive.arguments() as { requires?: unknown };
    return typeof requires === 'string' ? [[field.coordinate, new Map(argumentsIn(requires))]] : [];
  });
}

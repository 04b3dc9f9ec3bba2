import type { Schema } from '@apollo/federation-internals';
import { parse, visit } from 'graphql';

/** Names of fields that the planner may select by itself, to join entities. */
export interface JoinedFields {
  /** In a `@key`, a `@requires` or a `@fromContext`. */
  all: ReadonlySet<string>;
  /** … with arguments. */
  withArguments: ReadonlySet<string>;
}

/** Finds the fields that the supergraph's joins name. */
export function joinedFields(schema: Schema): JoinedFields {
  const all = new Set<string>();
  const withArguments = new Set<string>();
  for (const fields of fieldSets(schema)) {
    visit(parse(`{ ${fields} }`, { noLocation: true }), {
      Field({ name, arguments: values }) {
        all.add(name.value);
        if (values?.length) withArguments.add(name.value);
      },
    });
  }
  return { all, withArguments };
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

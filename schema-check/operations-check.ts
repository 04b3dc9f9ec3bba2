import { type DocumentNode, GraphQLError, type GraphQLSchema, parse, validate } from 'graphql';
import type { Change } from './change.ts';
import type { RegisteredOperation } from './registered-operations.ts';
import { usedCoordinates } from './used-coordinates.ts';

/** A registered operation that the new schema breaks. */
export interface BrokenOperation {
  client: string;
  operation: string;
  /** What breaks it, in words that name the field. */
  reasons: string[];
}

/** A change of the API, with the registered operations that it touches. */
export type ChangeWithUse = Change & {
  /** `client: operation` */
  usedBy: string[];
};

export interface OperationsCheck {
  changes: ChangeWithUse[];
  broken: BrokenOperation[];
}

export interface SchemaPair {
  before: GraphQLSchema;
  after: GraphQLSchema;
}

/** Holds registered operations against a new schema: each must be valid, and use nothing that a breaking change touches. */
export function checkOperations(
  operations: RegisteredOperation[],
  changes: Change[],
  schemas: SchemaPair,
): OperationsCheck {
  const checked = operations.map((operation) => checkOperation(operation, changes, schemas));
  return {
    changes: changes.map((change) => ({
      ...change,
      usedBy: checked.filter(({ uses }) => uses.includes(change)).map(({ title }) => title),
    })),
    broken: checked.flatMap(({ broken }) => broken ?? []),
  };
}

function checkOperation({ client, name, body }: RegisteredOperation, changes: Change[], schemas: SchemaPair) {
  const title = `${client}: ${name}`;
  const document = parsed(body);
  if (document instanceof GraphQLError) {
    return { title, uses: [], broken: { client, operation: name, reasons: [document.message] } };
  }
  const used = new Set([schemas.before, schemas.after].flatMap((schema) => [...usedCoordinates(document, schema)]));
  const uses = changes.filter(({ path }) => used.has(path));
  const reasons = reasonsToBreak(document, uses, schemas.after);
  return { title, uses, broken: reasons.length > 0 ? { client, operation: name, reasons } : undefined };
}

/** What breaking changes the operation uses, and what else makes it invalid: validation cannot see all, nor tell all. */
function reasonsToBreak(document: DocumentNode, uses: Change[], schema: GraphQLSchema): string[] {
  const breaking = uses.filter(({ risk }) => risk === 'breaking');
  const names = breaking.map(({ path }) => `"${path.slice(path.lastIndexOf('.') + 1)}"`);
  const invalid = validate(schema, document)
    .map(({ message }) => message)
    .filter((message) => !names.some((name) => message.includes(name)));
  return [...breaking.map(({ message }) => message), ...invalid];
}

function parsed(body: string): DocumentNode | GraphQLError {
  try {
    return parse(body);
  } catch (error) {
    if (error instanceof GraphQLError) return error;
    throw error;
  }
}

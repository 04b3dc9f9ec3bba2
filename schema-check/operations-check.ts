import { type DocumentNode, GraphQLError, type GraphQLSchema, parse, validate } from 'graphql';
import type { Change } from './change.ts';
import type { RegisteredOperation } from './registered-operations.ts';
import { usedCoordinates } from './used-coordinates.ts';

/** A registered operation that the new schema breaks. */
export interface BrokenOperation {
  client: string;
  operation: string;
  /** Human-readable reasons that name the field. */
  reasons: string[];
}

/** An API change, with the registered operations it affects. */
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

/** Checks that registered operations are valid for a new schema and unaffected by breaking changes. */
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
  const document = parseOrError(body);
  if (document instanceof GraphQLError) {
    return { title, uses: [], broken: { client, operation: name, reasons: [document.message] } };
  }
  const used = new Set([schemas.before, schemas.after].flatMap((schema) => [...usedCoordinates(document, schema)]));
  const uses = changes.filter(({ path }) => used.has(path));
  const reasons = reasonsToBreak(document, uses, schemas.after);
  return { title, uses, broken: reasons.length > 0 ? { client, operation: name, reasons } : undefined };
}

/** Returns the breaking changes that affect an operation, and its other validation errors. */
function reasonsToBreak(document: DocumentNode, uses: Change[], schema: GraphQLSchema): string[] {
  const breaking = uses.filter(({ risk }) => risk === 'breaking');
  const names = breaking.map(({ path }) => `"${path.slice(path.lastIndexOf('.') + 1)}"`);
  const invalid = validate(schema, document)
    .map(({ message }) => message)
    .filter((message) => !names.some((name) => message.includes(name)));
  return [...breaking.map(({ message }) => message), ...invalid];
}

function parseOrError(body: string): DocumentNode | GraphQLError {
  try {
    return parse(body);
  } catch (error) {
    if (error instanceof GraphQLError) return error;
    throw error;
  }
}

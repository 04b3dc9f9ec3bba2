import type { DocumentNode } from 'graphql';
import type { PermissionKey } from '../authorization/permissions.ts';
import type { GraphQLResult } from '../http/response.ts';
import type { GatewayRequest } from '../request.ts';
import type { UsageOperation } from '../telemetry/usage/usage-record.ts';
import type { OperationFacts } from './operation-facts.ts';

/** An operation that can be admitted and run, from wherever it was found. */
export interface Operation {
  kind: 'query' | 'mutation';
  /** Name under which it is registered. */
  name?: string;
  /** Undefined where nothing limits who may run it, and how. */
  facts: OperationFacts | undefined;
  /** Returns what usage is reported by. */
  usage: () => UsageOperation;
  /** Runs it for a viewer who meets these of its requirements. Throws a GraphQLError for variables that do not fit. */
  run(request: GatewayRequest, permissions: PermissionKey): Promise<GraphQLResult>;
}

/** What operations are found in that no one has planned before. */
export interface OperationPlanner {
  /** Returns an operation that was asked for before. */
  kept(key: OperationKey): Operation | undefined;
  /** Returns the operation of a document that was read; throws a Refusal or a GraphQLError for one that is not valid. */
  add(key: OperationKey, text: string, document: DocumentNode): Operation;
}

/** Which operation a request asks for. */
export interface OperationKey {
  /** SHA-256 of the document, or the id under which it is registered. */
  id: string;
  operationName: string | undefined;
}

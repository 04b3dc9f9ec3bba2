import type { DocumentNode } from 'graphql';
import type { PermissionKey } from '../authorization/permissions.ts';
import type { OperationKind } from '../engine/program.ts';
import type { GraphQLResult } from '../http/response.ts';
import type { GatewayRequest } from '../request.ts';
import type { UsageOperation } from '../telemetry/usage/usage-record.ts';
import type { OperationFacts } from './operation-facts.ts';

/** Identifies a program of an operation: the viewer's permissions, and whether `@defer` takes effect. */
export type ProgramKey = string;

/** Returns the key of a program. */
export function programKey(permissions: PermissionKey, incremental: boolean): ProgramKey {
  return incremental ? `${permissions} incremental` : permissions;
}

/** An operation that can be admitted and run. */
export interface Operation {
  kind: OperationKind;
  /** Name of a registered operation. */
  name?: string;
  /** Name in the document. */
  documentName?: string | undefined;
  /** Undefined if it runs without restrictions. */
  facts: OperationFacts | undefined;
  /** Returns its identity in usage reports. */
  usage: () => UsageOperation;
  /** Runs it for a viewer with these permissions. Throws a GraphQLError for invalid variables. */
  run(request: GatewayRequest, permissions: PermissionKey): Promise<GraphQLResult>;
}

/** Plans operations on their first run, and caches them. */
export interface OperationPlanner {
  /** Returns a cached operation. */
  cached(key: OperationKey): Operation | undefined;
  /** Validates a parsed document and returns its operation; throws a Refusal or a GraphQLError if it is not valid. */
  add(key: OperationKey, text: string, document: DocumentNode): Operation;
}

/** Identifies an operation of a document. */
export interface OperationKey {
  /** SHA-256 of the document, or the id of a registered operation. */
  id: string;
  operationName: string | undefined;
}

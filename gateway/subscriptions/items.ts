import { EXPIRES_AT } from '#platform/dynamodb/table-ref.ts';
import type { Viewer } from '#platform/graphql/viewer.ts';

/** Facts of a client that its connection began with. */
export interface ClientFacts {
  /** Headers that the header rules and usage reports need, in lower case. */
  headers: Record<string, string>;
  /** Contract of the URL; undefined for the whole graph. */
  contract?: string;
}

/** Who a connection belongs to, by its token. */
export interface Identity {
  viewer?: Viewer;
  /** Epoch seconds at which the token expires. */
  tokenExpiresAt?: number;
}

/** A client's operation; its text is stored once, by its hash. */
export interface StoredOperation {
  documentId?: string;
  hash?: string;
  /** SHA-256 of the stored text. */
  textHash?: string;
  operationName?: string;
  variables: Record<string, unknown>;
}

/** Version of an entity in the last message about it. */
export interface DeliveredVersion {
  entityId: string;
  version: number;
}

/** A subscription of one connection. */
export interface Subscriber extends Identity {
  connectionId: string;
  /** The client's id of the subscription. */
  id: string;
  operation: StoredOperation;
  client: ClientFacts;
  /** Epoch milliseconds: older events are not delivered. */
  startedAt: number;
  /** Whether its results are the same for all viewers. */
  isShared: boolean;
  /** Entities of the last messages, newest first. */
  delivered: DeliveredVersion[];
}

/** API Gateway ends connections after two hours, https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html */
const CONNECTION_SECONDS = 2 * 60 * 60 + 10 * 60;

/** Returns the time-to-live attribute of the items of a connection. */
export function expiry(now: number, seconds = CONNECTION_SECONDS): { [EXPIRES_AT]: number } {
  return { [EXPIRES_AT]: Math.floor(now / 1_000) + seconds };
}

/** Whether a token has expired. */
export function hasExpired({ tokenExpiresAt }: Identity, now: number): boolean {
  return tokenExpiresAt !== undefined && tokenExpiresAt * 1_000 <= now;
}

import { createHash } from 'node:crypto';
import { isPossibleKey } from '../dynamodb/batch-read.ts';
import { badInput } from './bad-input.ts';

/** One page of a list, https://relay.dev/graphql/connections.htm, forward only. */
export interface Connection<Node> {
  edges: { node: Node; cursor: string }[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
}

export interface PageRequest {
  /** Maximum number of nodes. */
  first: number;
  /** Last key of the previous page. */
  after?: Record<string, unknown>;
}

/** A request for a page of one list. */
export interface ListRequest extends PageRequest {
  list: CursorList;
}

/** The list that a cursor is bound to; cursors of other lists are rejected. */
export interface CursorList {
  /** JSON values that identify the list: its field, owner, order and filters. */
  identity: unknown[];
  /** Key attributes from which the store continues. */
  keyAttributes: string[];
}

/** A page of nodes from a store. */
export interface Page<Node> {
  nodes: Node[];
  hasMore: boolean;
}

const MAX_PAGE = 100;

/** Validates the arguments `first` and `after`; throws BAD_USER_INPUT. */
export function pageRequest(args: { first: number; after?: string | null | undefined }, list: CursorList): ListRequest {
  const first = pageSize(args);
  return args.after == null ? { first, list } : { first, list, after: decodeCursor(args.after, list) };
}

/** Validates the argument `first` of a list without cursors; throws BAD_USER_INPUT. */
export function pageSize({ first }: { first: number }): number {
  if (first >= 0 && first <= MAX_PAGE) return first;
  throw badInput(`first must be from 0 to ${MAX_PAGE}, not ${first}.`);
}

/** Creates a connection; `keyOf` returns the key from which a store continues after a node. */
export function connection<Node>(
  { nodes, hasMore }: Page<Node>,
  request: ListRequest,
  keyOf: (node: Node) => Record<string, unknown>,
): Connection<Node> {
  const edges = nodes.map((node) => ({ node, cursor: encodeCursor(keyOf(node), request.list) }));
  return {
    edges,
    pageInfo: {
      hasNextPage: hasMore,
      hasPreviousPage: request.after !== undefined,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

/** Returns the error for a cursor that does not belong to the list. */
export function invalidCursor(): Error {
  return badInput('after is not a cursor of this list. Use pageInfo.endCursor or the cursor of an edge.');
}

/** Encodes the list's hash and the key's values as JSON in base64url, opaque to clients. */
function encodeCursor(key: Record<string, unknown>, { identity, keyAttributes }: CursorList): string {
  return encodeJson([listHash(identity), ...keyAttributes.map((name) => key[name])]);
}

function decodeCursor(cursor: string, { identity, keyAttributes }: CursorList): Record<string, unknown> {
  const [hash, ...values] = decodeJson(cursor);
  const isValid = hash === listHash(identity) && values.length === keyAttributes.length && values.every(isPossibleKey);
  // Only the canonical encoding is a valid cursor.
  if (!isValid || encodeJson([hash, ...values]) !== cursor) throw invalidCursor();
  return Object.fromEntries(keyAttributes.map((name, i) => [name, values[i]]));
}

function encodeJson(values: unknown[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url');
}

function decodeJson(cursor: string): unknown[] {
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    return Array.isArray(values) ? values : [];
  } catch {
    return [];
  }
}

/** Returns a short hash: it only prevents mistakes, access is checked when items are read. */
function listHash(identity: unknown[]): string {
  return createHash('sha256').update(JSON.stringify(identity)).digest('base64url').slice(0, 8);
}

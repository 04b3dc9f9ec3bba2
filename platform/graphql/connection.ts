import { createHash } from 'node:crypto';
import { isPossibleKey } from '../dynamodb/batch-read.ts';
import { badInput } from './bad-input.ts';

/** One page of a list in the terms of https://relay.dev/graphql/connections.htm, forward only. */
export interface Connection<Node> {
  edges: { node: Node; cursor: string }[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
}

export interface PageRequest {
  /** How many nodes at the most. */
  first: number;
  /** The key that the page before ended with. */
  after?: Record<string, unknown>;
}

/** A page of one list, with what a cursor of that list is made of. */
export interface ListRequest extends PageRequest {
  list: CursorList;
}

/** What cursors are bound to: a cursor of any other list is refused. */
export interface CursorList {
  /** Tells the list from all others: its field, whose it is, its order and filters. Any values that JSON can say. */
  of: unknown[];
  /** The parts of the key that the store goes on from. */
  parts: string[];
}

/** What a store returns for a page: one node more than asked for says that there are more. */
export interface Page<Node> {
  nodes: Node[];
  hasMore: boolean;
}

const MAX_PAGE = 100;

/** Reads and checks the arguments `first` and `after`; a client's mistake is BAD_USER_INPUT. */
export function pageRequest(args: { first: number; after?: string | null | undefined }, list: CursorList): ListRequest {
  const first = pageSize(args);
  return args.after == null ? { first, list } : { first, list, after: decodeCursor(args.after, list) };
}

/** Reads and checks the argument `first` of a list that has no pages. */
export function pageSize({ first }: { first: number }): number {
  if (first >= 0 && first <= MAX_PAGE) return first;
  throw badInput(`first must be from 0 to ${MAX_PAGE}, not ${first}.`);
}

/** Makes a connection; `keyOf` gives the key from which a store can go on after a node. */
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

/** The error for a cursor that was not made for this list. */
export function notACursor(): Error {
  return badInput('after is not a cursor of this list: take one from pageInfo.endCursor or an edge.');
}

/** A cursor is the list's mark and the parts of the key, JSON in base64url; clients are to take it as it is. */
function encodeCursor(key: Record<string, unknown>, { of, parts }: CursorList): string {
  return encoded([markOf(of), ...parts.map((part) => key[part])]);
}

function decodeCursor(cursor: string, { of, parts }: CursorList): Record<string, unknown> {
  const [mark, ...values] = decoded(cursor);
  const isOurs = mark === markOf(of) && values.length === parts.length && values.every(isPossibleKey);
  // Of all texts that decode to the same, one is a cursor.
  if (!isOurs || encoded([mark, ...values]) !== cursor) throw notACursor();
  return Object.fromEntries(parts.map((part, i) => [part, values[i]]));
}

function encoded(values: unknown[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url');
}

function decoded(cursor: string): unknown[] {
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    return Array.isArray(values) ? values : [];
  } catch {
    return [];
  }
}

/** Short: it keeps cursors from the wrong list by accident; what they lead to is checked where it is read. */
function markOf(of: unknown[]): string {
  return createHash('sha256').update(JSON.stringify(of)).digest('base64url').slice(0, 8);
}

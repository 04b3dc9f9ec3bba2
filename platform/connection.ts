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

/** What a store returns for a page: one node more than asked for says that there are more. */
export interface Page<Node> {
  nodes: Node[];
  hasMore: boolean;
}

const MAX_PAGE = 100;

/**
 * Reads and checks the arguments `first` and `after`; a client's mistake is BAD_USER_INPUT. A cursor must have the parts that
 * the store goes on from: those that `connection` is given by `keyOf`.
 */
export function pageRequest(
  args: { first: number; after?: string | null | undefined },
  ...cursorParts: string[]
): PageRequest {
  if (args.first < 0 || args.first > MAX_PAGE)
    throw badInput(`first must be from 0 to ${MAX_PAGE}, not ${args.first}.`);
  return args.after ? { first: args.first, after: decodeCursor(args.after, cursorParts) } : { first: args.first };
}

/** Makes a connection; `keyOf` gives the key from which a store can go on after a node. */
export function connection<Node>(
  { nodes, hasMore }: Page<Node>,
  request: PageRequest,
  keyOf: (node: Node) => Record<string, unknown>,
): Connection<Node> {
  const edges = nodes.map((node) => ({ node, cursor: encodeCursor(keyOf(node)) }));
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

function encodeCursor(key: Record<string, unknown>): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

function decodeCursor(cursor: string, parts: string[]): Record<string, unknown> {
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (isStringRecord(key) && parts.every((part) => key[part])) return key;
  } catch {
    // Not JSON: the same answer as for any other cursor that we did not make.
  }
  throw badInput('after is not a cursor of this list: take one from pageInfo.endCursor or an edge.');
}

function isStringRecord(value: unknown): value is Record<string, string> {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every((part) => typeof part === 'string')
  );
}

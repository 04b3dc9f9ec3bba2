/** All limits of a client's request, with their defaults. */
const DEFAULTS = {
  /** Bytes of a request body. */
  bodyBytes: 512 * 1024,
  /** Characters of a document. */
  characters: 100_000,
  /** Tokens of a document. */
  tokens: 5_000,
  /** Levels of brackets in a body or a document, and of nested selections including fragments. */
  nesting: 100,
  /** Levels of nested fields. */
  depth: 20,
  /** Fields of an operation including fragments. */
  fields: 2_000,
  aliases: 60,
  rootFields: 30,
  directives: 100,
  /** Cost of an operation, see operation-cost.ts: about the number of objects in its response. */
  cost: 20_000,
  /** Entities in one subgraph call. */
  representations: 2_500,
  /** Subgraph calls of one operation. */
  calls: 100,
  /**
   * Bytes of a response before compression. Default: what a function URL sends within the gateway's timeout of 30 s, 6 MB at
   * once and the rest at 2 MB/s. Lambda allows 200 MB.
   */
  responseBytes: 60_000_000,
  /** WebSocket connections of one viewer. */
  connections: 20,
  /** Subscriptions of one connection. */
  subscriptions: 50,
  /** Bytes of a message to a subscriber. API Gateway sends at most 128 KB. */
  messageBytes: 128 * 1024,
  /** Assumed length of a list without a hint in the schema. */
  assumedListSize: 10,
};

export type Limits = typeof DEFAULTS;

/** Maximum values: bytes that Lambda streams and that a WebSocket message has, and what an item of a table can hold. */
const MAXIMA: Record<string, number> = {
  responseBytes: 200_000_000,
  messageBytes: DEFAULTS.messageBytes,
  connections: 1_000,
  subscriptions: 500,
};

/**
 * Parses limits from JSON such as `{"depth": 12}`; all others have their defaults. Throws for an unknown name or value. By hand:
 * a schema library would add a tenth to the code that a cold start loads.
 */
export function limitsFrom(json: string | undefined): Limits {
  const changes: object = JSON.parse(json ?? '{}');
  for (const [name, value] of Object.entries(changes)) {
    if (!Object.hasOwn(DEFAULTS, name)) throw invalid(name, `limits are ${Object.keys(DEFAULTS).join(', ')}`);
    if (!Number.isSafeInteger(value) || value <= 0) throw invalid(name, 'it must be a positive integer');
    if (value > (MAXIMA[name] ?? value)) throw invalid(name, `it must be at most ${MAXIMA[name]}`);
  }
  return { ...DEFAULTS, ...changes };
}

function invalid(name: string, reason: string): Error {
  return new Error(`The limit "${name}" in LIMITS is not valid: ${reason}.`);
}

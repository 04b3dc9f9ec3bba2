import * as z from 'zod/mini';

const count = z.int().check(z.positive());

/** All limits of a client's request, with their defaults. */
const schema = z.object({
  /** Bytes of a request body. */
  bodyBytes: z._default(count, 512 * 1024),
  /** Characters of a document. */
  characters: z._default(count, 100_000),
  /** Tokens of a document. */
  tokens: z._default(count, 5_000),
  /** Levels of brackets in a body or a document, and of nested selections including fragments. */
  nesting: z._default(count, 100),
  /** Levels of nested fields. */
  depth: z._default(count, 20),
  /** Fields of an operation including fragments. */
  fields: z._default(count, 2_000),
  aliases: z._default(count, 60),
  rootFields: z._default(count, 30),
  directives: z._default(count, 100),
  /** Cost of an operation, see operation-cost.ts: about the number of objects in its response. */
  cost: z._default(count, 20_000),
  /** Entities in one subgraph call. */
  representations: z._default(count, 2_500),
  /** Subgraph calls of one operation. */
  calls: z._default(count, 100),
  /** Bytes of a response; Lambda allows 6 MB. */
  responseBytes: z._default(count, 5_500_000),
  /** Assumed length of a list without a hint in the schema. */
  assumedListSize: z._default(count, 10),
});

export type Limits = z.output<typeof schema>;

/** Parses limits from JSON such as `{"depth": 12}`; all others have their defaults. Throws for an unknown value. */
export function limitsFrom(json: string | undefined): Limits {
  const result = schema.safeParse(JSON.parse(json ?? '{}'));
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new Error(`The limit "${issue?.path.join('.')}" is not valid: ${issue?.message}`);
}

import * as z from 'zod/mini';

const count = z.int().check(z.positive());

/** Every limit of a client's request, with its default: the one place where they are set. */
const schema = z.object({
  /** Bytes of a request's body. */
  bodyBytes: z._default(count, 512 * 1024),
  /** Characters of a document: to read one costs by its length, whatever it says. */
  characters: z._default(count, 100_000),
  /** Tokens of a document. */
  tokens: z._default(count, 5_000),
  /** Levels of brackets in a body or a document, and of selections with fragments spread out. */
  nesting: z._default(count, 100),
  /** Levels of fields. */
  depth: z._default(count, 20),
  /** Fields of an operation, fragments spread out. */
  fields: z._default(count, 2_000),
  aliases: z._default(count, 60),
  /** Fields at the top of an operation. */
  rootFields: z._default(count, 30),
  directives: z._default(count, 100),
  /** What an operation may cost, by the rules of operation-cost.ts: about the number of objects in its answer. */
  cost: z._default(count, 20_000),
  /** Entities that one call asks a subgraph for. */
  representations: z._default(count, 2_500),
  /** Calls of subgraphs for one operation. */
  calls: z._default(count, 100),
  /** Bytes of an answer: a function may return 6 MB. */
  responseBytes: z._default(count, 5_500_000),
  /** Length that a list is taken for when the schema says nothing of it. */
  assumedListSize: z._default(count, 10),
});

export type Limits = z.output<typeof schema>;

/** The limits that a JSON text sets, such as `{"depth": 12}`, and the defaults of all others. */
export function limitsFrom(json: string | undefined): Limits {
  const result = schema.safeParse(JSON.parse(json ?? '{}'));
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new Error(`The limit "${issue?.path.join('.')}" is wrong: ${issue?.message}`);
}

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  buildSchema,
  createSourceEventStream,
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  type GraphQLObjectType,
} from 'graphql';
import { useServer as serveSubscriptions } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import { onQuestion } from '../child.ts';
import { Topics } from './topics.ts';

/**
 * Program that serves subscriptions as most servers do: one process of graphql-ws and graphql-js holds the connections, and
 * publishes from its memory. It has one schema and no services behind it, so it is a lower bound.
 */

const SCHEMA = buildSchema(`
  type Query { book: Book }
  type Subscription { bookChanged(id: ID!): Book }
  type Book { title: String! isOffered: Boolean! isAvailable: Boolean! }
`);

interface Changed {
  bookChanged: object;
  event: { version: number };
}

const topics = new Topics<Changed>();
const { bookChanged } = (SCHEMA.getSubscriptionType() as GraphQLObjectType).getFields();
if (bookChanged) bookChanged.subscribe = (_, { id }) => topics.follow(id);

/** Runs the operation for each event; the facts of the event are in the extensions, as those of our gateway. */
async function* results(args: ExecutionArgs): AsyncGenerator<ExecutionResult> {
  const source = await createSourceEventStream(args);
  if (!(Symbol.asyncIterator in source)) return yield source;
  for await (const changed of source as AsyncIterable<Changed>) {
    const result = await execute({ ...args, rootValue: changed });
    yield { ...result, extensions: { event: changed.event } };
  }
}

const server = createServer();
serveSubscriptions({ schema: SCHEMA, subscribe: results }, new WebSocketServer({ server, path: '/graphql' }));
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  onQuestion({ port }, async ({ ids = [], version = 0 }: { ids?: string[]; version?: number }) => {
    const changed = { bookChanged: { title: 'The Waves', isOffered: true, isAvailable: true }, event: { version } };
    for (const id of ids) topics.publish(id, changed);
    return { followers: topics.followers };
  });
});

import type { Plan } from '../plan.ts';

/** `subgraph.config.ts` */
export function configuration({ extended, events }: Plan): string {
  const consumes = Object.entries(Object.groupBy(events, ({ publisher }) => publisher));
  const lines = consumes.map(
    ([publisher, of = []]) => `${key(publisher)}: [${of.map(({ type }) => `'${type}'`).join(', ')}],`,
  );
  return `import type { SubgraphConfig } from '#platform/subgraph-config.ts';

export default {
  table: {
    partitionKey: 'pk',
    indexes: [
      { name: 'owner-by-age', partitionKey: 'ownerId', sortKey: 'ageKey' },
      ${extended ? `{ name: '${extended.one}-by-age', partitionKey: '${extended.one}Id', sortKey: 'ageKey' },` : ''}
    ],
    access: {
      service: ['BatchGetItem', ${events.length > 0 ? "'GetItem', " : ''}'PutItem'],
      ${events.length > 0 ? "consumer: ['PutItem', 'UpdateItem']," : ''}
    },
  },
  ${lines.length > 0 ? `consumes: {\n${lines.join('\n')}\n},` : ''}
  memory: 1024,
  timeout: 10,
} satisfies SubgraphConfig;
`;
}

const key = (name: string) => (/^\w+$/.test(name) ? name : `'${name}'`);

/** `context.ts` */
export function context({ entity, events }: Plan): string {
  const { type, one, many, file } = entity;
  const counted = events.length > 0;
  return `import type DataLoader from 'dataloader';
import { batchLoader } from '#platform/dynamodb/batch-loader.ts';
import type { RequestContext } from '#platform/graphql/subgraph.ts';
${counted ? `import type { EventCountStore } from './event-count-store.ts';` : ''}
import type { ${type} } from './${file}.ts';
import type { ${type}Store } from './${file}-store.ts';

export interface Services {
  ${many}: ${type}Store;
  ${counted ? 'eventCounts: EventCountStore;' : ''}
  now: () => Date;
  newId: () => string;
}

export interface Context extends RequestContext, Services {
  ${one}ById: DataLoader<string, ${type} | undefined>;
}

/** Returns a function that creates a request's context. */
export function contextFactory(services: Services): (request: RequestContext) => Context {
  return (request) => ({
    ...request,
    ...services,
    ${one}ById: batchLoader(
      (ids) => services.${many}.byIds(ids),
      ({ id }) => id,
    ),
  });
}
`;
}

/** `handler.ts` */
export function handler({ entity, events }: Plan): string {
  const { type, many, file } = entity;
  const counted = events.length > 0;
  return `import { systemClock } from '#platform/clock.ts';
import { documentClient } from '#platform/dynamodb/document-client.ts';
import { requiredEnv } from '#platform/env.ts';
import { newId } from '#platform/new-id.ts';
import { subgraphHandler } from '#platform/graphql/subgraph-handler.ts';
import { contextFactory } from './context.ts';
${counted ? `import { EventCountStore } from './event-count-store.ts';` : ''}
import { resolvers } from './resolvers/index.ts';
import typeDefs from './schema.graphql';
import { ${type}Store } from './${file}-store.ts';

const client = documentClient();
const table = requiredEnv('TABLE_NAME');

export const handler = subgraphHandler({
  typeDefs,
  resolvers,
  context: contextFactory({
    ${many}: new ${type}Store(client, table),
    ${counted ? 'eventCounts: new EventCountStore(client, table),' : ''}
    now: systemClock(),
    newId,
  }),
});
`;
}

/** `mappers.ts` */
export function mappers({ entity: { type, file }, extended }: Plan): string {
  return `/** Domain types of GraphQL types, for the code generator. */
export type { ${type} as ${type}Mapper } from './${file}.ts';
${extended ? `\n/** Another service's entity: this service has only its key. */\nexport interface ${extended.type}Mapper {\n  id: string;\n}\n` : ''}`;
}

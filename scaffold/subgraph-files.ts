import type { Plan } from './plan.ts';
import { consumer, countEvents, countEventsTest, eventCountStore } from './templates/consumer.ts';
import { domain, domainTest } from './templates/domain.ts';
import { readme } from './templates/readme.ts';
import {
  entityResolvers,
  extensionResolvers,
  mutation,
  query,
  resolverMap,
  subgraphTest,
} from './templates/resolvers.ts';
import { schema } from './templates/schema.ts';
import { store, storeTest } from './templates/store.ts';
import { configuration, context, handler, mappers } from './templates/wiring.ts';

/** Returns all files of a new subgraph, by path in its folder. The schema is last: discovery depends on it. */
export function subgraphFiles(plan: Plan): Map<string, string> {
  const { entity, extended, events } = plan;
  return new Map([
    ['README.md', readme(plan)],
    ['subgraph.config.ts', configuration(plan)],
    ['handler.ts', handler(plan)],
    ['context.ts', context(plan)],
    ['mappers.ts', mappers(plan)],
    [`${entity.file}.ts`, domain(plan)],
    [`${entity.file}.test.ts`, domainTest(plan)],
    [`${entity.file}-store.ts`, store(plan)],
    [`${entity.file}-store.test.ts`, storeTest(plan)],
    ['resolvers/index.ts', resolverMap(plan)],
    ['resolvers/query.ts', query(plan)],
    ['resolvers/mutation.ts', mutation(plan)],
    [`resolvers/${entity.file}.ts`, entityResolvers(plan)],
    ...(extended ? [[`resolvers/${extended.file}.ts`, extensionResolvers(plan)] as const] : []),
    ['subgraph.test.ts', subgraphTest(plan)],
    ...(events.length > 0 ? consumerFiles(plan) : []),
    ['schema.graphql', schema(plan)],
  ]);
}

function consumerFiles(plan: Plan): [string, string][] {
  return [
    ['consumer.ts', consumer()],
    ['count-events.ts', countEvents(plan)],
    ['count-events.test.ts', countEventsTest(plan)],
    ['event-count-store.ts', eventCountStore()],
  ];
}

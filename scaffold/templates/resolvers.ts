import type { Plan } from '../plan.ts';
import { countField } from './schema.ts';

/** `resolvers/index.ts` */
export function resolverMap({ entity, extended, events }: Plan): string {
  const types = [entity.type, ...(extended ? [extended.type] : [])];
  const scalars = events.length > 0 ? ['DateScalar', 'DateTimeScalar'] : ['DateTimeScalar'];
  const members = [...scalars.map((each) => `${each.replace('Scalar', '')}: ${each}`), 'Query', 'Mutation', ...types];
  return `import { ${scalars.join(', ')} } from '#platform/graphql/scalars.ts';
import type { Resolvers } from '../__generated__/resolvers.ts';
${[entity, ...(extended ? [extended] : [])].map(({ type, file }) => `import { ${type} } from './${file}.ts';`).join('\n')}
import { Mutation } from './mutation.ts';
import { Query } from './query.ts';

export const resolvers: Resolvers = { ${members.join(', ')} };
`;
}

/** `resolvers/query.ts` */
export function query(plan: Plan): string {
  const { one, many, file } = plan.entity;
  const counts = plan.events.map(
    ({ type }) => `${countField(plan, type)}: (_, { day }, { eventCounts }) => eventCounts.of('${type}', day),`,
  );
  return `import { connection, pageRequest } from '#platform/graphql/connection.ts';
import type { QueryResolvers } from '../__generated__/resolvers.ts';
import { cursorKey } from '../${file}-store.ts';

export const Query: QueryResolvers = {
  ${one}: async (_, { id }, { ${one}ById }) => (await ${one}ById.load(id)) ?? null,
  ${many}: async (_, args, { viewer, ${many} }) => {
    const request = pageRequest(args, { identity: ['Query.${many}', viewer?.id], keyAttributes: ['pk', 'ageKey'] });
    const page = viewer ? await ${many}.ofOwner(viewer.id, request) : { nodes: [], hasMore: false };
    return connection(page, request, cursorKey);
  },
  ${counts.join('\n')}
};
`;
}

/** `resolvers/mutation.ts` */
export function mutation({ entity }: Plan): string {
  const { type, one, many, file } = entity;
  return `import { requireViewer } from '#platform/graphql/viewer.ts';
import type { MutationResolvers } from '../__generated__/resolvers.ts';
import { brokenRule, create } from '../${file}.ts';

export const Mutation: MutationResolvers = {
  create${type}: async (_, { input }, { viewer, ${many}, now, newId }) => {
    const { id: ownerId } = requireViewer(viewer);
    const broken = brokenRule(input);
    if (broken) return { __typename: '${type}Invalid', ...broken };
    const ${one} = create(input, { id: newId(), ownerId, now: now() });
    await ${many}.add(${one});
    return { __typename: '${type}', ...${one} };
  },
};
`;
}

/** `resolvers/<entity>.ts` */
export function entityResolvers({ entity, extended }: Plan): string {
  const { type, one } = entity;
  return `import type { ${type}Resolvers } from '../__generated__/resolvers.ts';

export const ${type}: ${type}Resolvers = {
  __resolveReference: async ({ id }, { ${one}ById }) => (await ${one}ById.load(id)) ?? null,
  ${extended ? `${extended.one}: ({ ${extended.one}Id }) => ({ id: ${extended.one}Id }),` : ''}
};
`;
}

/** `resolvers/<extended>.ts`: the field that this service adds to another service's entity. */
export function extensionResolvers({ entity, extended }: Plan): string {
  const { many, file } = entity;
  const { type = '' } = extended ?? {};
  return `import { connection, pageRequest } from '#platform/graphql/connection.ts';
import type { ${type}Resolvers } from '../__generated__/resolvers.ts';
import { cursorKey } from '../${file}-store.ts';

export const ${type}: ${type}Resolvers = {
  __resolveReference: ({ id }) => ({ id }),
  ${many}: async ({ id }, args, { ${many} }) => {
    const request = pageRequest(args, { identity: ['${type}.${many}', id], keyAttributes: ['pk', 'ageKey'] });
    return connection(await ${many}.of${type}(id, request), request, cursorKey);
  },
};
`;
}

/** `subgraph.test.ts`: tests of the subgraph through GraphQL, as the gateway calls it. */
export function subgraphTest(plan: Plan): string {
  const { name, entity, extended, events } = plan;
  const { type, one, many, file, aThing } = entity;
  const inProse = aThing.slice(aThing.indexOf(' ') + 1);
  const input = extended ? `, ${extended.one}Id: '${extended.one}1'` : '';
  return `import { unexpectedErrors } from '../../test/edge-case-strings.ts';
import { type SubgraphUnderTest, testSubgraph, viewer } from '../../test/subgraph.ts';
import { testTable } from '../../test/test-table.ts';
import { contextFactory } from './context.ts';
${events.length > 0 ? `import { EventCountStore } from './event-count-store.ts';` : ''}
import { resolvers } from './resolvers/index.ts';
import typeDefs from './schema.graphql';
import { ${type}Store } from './${file}-store.ts';

let ask: SubgraphUnderTest;
beforeAll(async () => {
  const { client, name } = await testTable('${name}');
  let minutes = 0;
  const context = contextFactory({
    ${many}: new ${type}Store(client, name),
    ${events.length > 0 ? 'eventCounts: new EventCountStore(client, name),' : ''}
    now: () => new Date(Date.UTC(2026, 4, 1, 9, minutes++)),
    newId: () => \`${one}\${minutes}\`,
  });
  ask = testSubgraph({ typeDefs, resolvers, context });
});

const CREATE = \`mutation ($input: Create${type}Input!) {
  create${type}(input: $input) { __typename ... on ${type} { id name createdAt } ... on ${type}Invalid { field message } }
}\`;
const create = (name: string, owner?: string) =>
  ask(CREATE, { input: { name${input} } }, owner === undefined ? undefined : viewer(owner));

test('returns a new ${inProse} by id, and in the list of its owner only', async () => {
  const { data } = await create('First', 'ada');
  const { __typename, ...${one} } = data.create${type};
  expect({ __typename, name: ${one}.name }).toEqual({ __typename: '${type}', name: 'First' });
  const byId = await ask('query ($id: ID!) { ${one}(id: $id) { id name createdAt } }', { id: ${one}.id });
  expect(byId.data.${one}).toEqual(${one});
  const LIST = '{ ${many} { edges { node { id name createdAt } } } }';
  expect((await ask.as(viewer('ada'))(LIST)).data.${many}.edges).toEqual([{ node: ${one} }]);
  expect((await ask.as(viewer('bob'))(LIST)).data.${many}.edges).toEqual([]);
  expect((await ask(LIST)).data.${many}.edges).toEqual([]);
});

test('rejects a cursor of another list', async () => {
  const after = Buffer.from('{"id":"another"}').toString('base64url');
  const { errors } = await ask('query ($after: String) { ${many}(after: $after) { edges { cursor } } }', { after }, viewer('ada'));
  expect(errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT');
});

test('creating ${aThing} takes a valid name and a signed-in user', async () => {
  expect((await create(' ', 'ada')).data.create${type}).toMatchObject({ __typename: '${type}Invalid', field: 'name' });
  expect((await create('Anonymous')).errors?.[0]?.extensions?.code).toBe('UNAUTHENTICATED');
  expect((await ask('{ ${one}(id: "none") { id } }')).data.${one}).toBeNull();
});

test('no client text causes an internal error', async () => {
  expect(await unexpectedErrors(typeDefs, (query, variables) => ask(query, variables, viewer('eve')))).toEqual([]);
});

test('resolves references to ${aThing} by its key', async () => {
  const { data } = await create('Referenced', 'cy');
  const keys = [{ id: data.create${type}.id }, { id: 'none' }];
  expect(await ask.entities('${type}', keys, '{ name }')).toEqual([{ name: 'Referenced' }, null]);
});
${extended ? extensionTest(plan) : ''}`;
}

function extensionTest({ entity: { many }, extended }: Plan): string {
  const { type: other = '', one = '', aThing = '' } = extended ?? {};
  return `
test('pages through the ${many} of ${aThing}, newest first', async () => {
  for (const name of ['Older', 'Newer']) {
    await ask(CREATE, { input: { name, ${one}Id: '${one}2' } }, viewer('dan'));
  }
  const page = async (after: string | null = null) => {
    const selection = \`{ ${many}(first: 1, after: \${JSON.stringify(after)}) {
      edges { node { name ${one} { id } } } pageInfo { hasNextPage endCursor }
    } }\`;
    return (await ask.entity('${other}', { id: '${one}2' }, selection)).${many};
  };
  const first = await page();
  expect(first).toMatchObject({ edges: [{ node: { name: 'Newer', ${one}: { id: '${one}2' } } }], pageInfo: { hasNextPage: true } });
  const last = await page(first.pageInfo.endCursor);
  expect(last).toMatchObject({ edges: [{ node: { name: 'Older' } }], pageInfo: { hasNextPage: false } });
});
`;
}

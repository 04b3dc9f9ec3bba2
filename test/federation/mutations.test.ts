import { gateway, service } from './gateway.ts';

function tally() {
  const done: string[] = [];
  const count = (step: string) => {
    done.push(step);
    return { id: String(done.length), step };
  };
  const writes = (name: string) =>
    service(
      name,
      `type Query { ${name}: Int } type Mutation { ${name}(step: String!): Entry } type Entry @key(fields: "id") { id: ID! step: String! @shareable }`,
      { Mutation: { [name]: (_: unknown, { step }: { step: string }) => count(step) } },
    );
  const log = service('log', `type Query { log: Int } type Entry @key(fields: "id") { id: ID! seen: [String!]! }`, {
    Entry: { seen: () => [...done] },
  });
  return { done, services: [writes('a'), writes('b'), log] };
}

describe('mutations', () => {
  test('run one after the other, each with its joins before the next', async () => {
    const { done, services } = tally();
    const graph = await gateway(services);
    const { data, errors } = await graph.execute(
      'mutation { one: a(step: "1") { seen } two: b(step: "2") { step seen } three: a(step: "3") { seen } }',
    );
    expect(errors).toBeUndefined();
    expect(done).toEqual(['1', '2', '3']);
    expect(data).toEqual({
      one: { seen: ['1'] },
      two: { step: '2', seen: ['1', '2'] },
      three: { seen: ['1', '2', '3'] },
    });
  });

  test('run as often as they are selected', async () => {
    const { done, services } = tally();
    const graph = await gateway(services);
    await graph.execute('mutation { x: a(step: "1") { step } y: a(step: "1") { step } }');
    expect(done).toEqual(['1', '1']);
  });
});

import { gateway, service } from './gateway.ts';

/** Recursive types that every subgraph resolves: the number of possible plans grows exponentially with the depth. */
const recursive = ['a', 'b', 'c'].map((name) => {
  const types = ['W', 'X', 'Y', ...(name === 'c' ? [] : ['Z'])];
  return service(
    name,
    `type Query { start: Step @shareable } interface Step { id: ID! next: Step }
     ${types.map((type) => `type ${type} implements Step @key(fields: "id") { id: ID! next: Step @shareable ${name}: Int }`).join(' ')}`,
    { Query: { start: () => ({ __typename: 'W', id: '1' }) } },
  );
});

/** Limit of CPU time, milliseconds; without a bound each operation takes many times as long. */
const MAX_CPU_MS = 2_000;

async function measured<T>(run: () => Promise<T>) {
  const before = process.cpuUsage();
  const answer = await run();
  const { user, system } = process.cpuUsage(before);
  return { answer, cpuMs: (user + system) / 1_000 };
}

const tooComplex = { status: 400, errors: [{ extensions: { code: 'OPERATION_TOO_COMPLEX' } }] };

describe('an operation is refused with little CPU time', () => {
  test('if it has too many possible plans, without a call of a subgraph', async () => {
    const graph = await gateway(recursive);
    await graph.execute('{ start { id } }');
    const nested = (depth: number): string => (depth === 0 ? 'id' : `next { ${nested(depth - 1)} }`);
    const { answer, cpuMs } = await measured(() => graph.execute(`{ start { ${nested(12)} } }`));
    expect(answer).toMatchObject(tooComplex);
    expect(graph.calls).toEqual([]);
    expect(cpuMs).toBeLessThan(MAX_CPU_MS);
  });

  test('if its fragments expand to too many selections', async () => {
    const graph = await gateway(recursive);
    const levels = Array.from(
      { length: 14 },
      (_, level) => `fragment F${level} on Step { x: next { ...F${level + 1} } y: next { ...F${level + 1} } }`,
    );
    const { answer, cpuMs } = await measured(() =>
      graph.execute(`{ start { ...F0 } } ${levels.join(' ')} fragment F14 on Step { id }`),
    );
    expect(answer).toMatchObject(tooComplex);
    expect(cpuMs).toBeLessThan(MAX_CPU_MS);
  });

  test('if its text is too long, before it is parsed', async () => {
    const graph = await gateway(recursive);
    const { answer, cpuMs } = await measured(() => graph.execute(`{ ${'id '.repeat(1_000_000)} }`));
    expect(answer).toMatchObject({ status: 400, errors: [{ extensions: { code: 'OPERATION_TOO_LARGE' } }] });
    expect(cpuMs).toBeLessThan(MAX_CPU_MS);
  });
});

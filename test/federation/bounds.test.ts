import { gateway, service } from './gateway.ts';

/** Types that lead to each other and that every subgraph knows: each step may be taken in each of them, for each type. */
const recursive = ['a', 'b', 'c'].map((name) => {
  const types = ['W', 'X', 'Y', ...(name === 'c' ? [] : ['Z'])];
  return service(
    name,
    `type Query { start: Step @shareable } interface Step { id: ID! next: Step }
     ${types.map((type) => `type ${type} implements Step @key(fields: "id") { id: ID! next: Step @shareable ${name}: Int }`).join(' ')}`,
    { Query: { start: () => ({ __typename: 'W', id: '1' }) } },
  );
});

/** Milliseconds of CPU time; without a bound each of these takes many times as long. */
const LITTLE = 2_000;

async function measured<T>(run: () => Promise<T>) {
  const before = process.cpuUsage();
  const answer = await run();
  const { user, system } = process.cpuUsage(before);
  return { answer, cpuMs: (user + system) / 1_000 };
}

const tooMuch = { status: 400, errors: [{ extensions: { code: 'OPERATION_TOO_COMPLEX' } }] };

describe('an operation that is too large', () => {
  test('because it can be planned in too many ways is refused soon, and reaches no subgraph', async () => {
    const graph = await gateway(recursive);
    await graph.execute('{ start { id } }');
    const nested = (depth: number): string => (depth === 0 ? 'id' : `next { ${nested(depth - 1)} }`);
    const { answer, cpuMs } = await measured(() => graph.execute(`{ start { ${nested(12)} } }`));
    expect(answer).toMatchObject(tooMuch);
    expect(graph.calls).toEqual([]);
    expect(cpuMs).toBeLessThan(LITTLE);
  });

  test('because its fragments come to too much is refused soon', async () => {
    const graph = await gateway(recursive);
    const levels = Array.from(
      { length: 14 },
      (_, level) => `fragment F${level} on Step { x: next { ...F${level + 1} } y: next { ...F${level + 1} } }`,
    );
    const { answer, cpuMs } = await measured(() =>
      graph.execute(`{ start { ...F0 } } ${levels.join(' ')} fragment F14 on Step { id }`),
    );
    expect(answer).toMatchObject(tooMuch);
    expect(cpuMs).toBeLessThan(LITTLE);
  });

  test('because its text is too long is refused before it is read to its end', async () => {
    const graph = await gateway(recursive);
    const { answer, cpuMs } = await measured(() => graph.execute(`{ ${'id '.repeat(1_000_000)} }`));
    expect(answer).toMatchObject({ status: 400, errors: [{ extensions: { code: 'OPERATION_TOO_LARGE' } }] });
    expect(cpuMs).toBeLessThan(LITTLE);
  });
});

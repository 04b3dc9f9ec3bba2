import { LogPrinter, type LogPrinterOptions } from './log-printer.ts';

function printed(lines: [name: string, line: string][], options: LogPrinterOptions & { isTTY?: boolean } = {}) {
  const written: string[] = [];
  const printer = new LogPrinter({ write: (text: string) => written.push(text), isTTY: options.isTTY }, options);
  for (const [name, line] of lines) printer.print(name, line);
  return written;
}

/** Returns the escape sequence at the start of a line. */
const colourOf = (line: string) => line.slice(0, line.indexOf('m'));

test('a structured line is printed as its level, message and own fields', () => {
  const line = JSON.stringify({
    level: 'INFO',
    message: 'book saved',
    timestamp: '2026-11-23T10:00:00.000Z',
    service: 'books',
    cold_start: true,
    function_arn: 'arn:aws:lambda:us-east-1:123456789012:function:x',
    xray_trace_id: '1-2-3',
    bookId: 'b1',
    title: 'Walks by the river',
    pages: 3,
    tags: ['a'],
  });
  expect(printed([['books', line]])).toEqual([
    'books      │ INFO book saved bookId=b1 title="Walks by the river" pages=3 tags=["a"]\n',
  ]);
});

test('an error is printed on one line, with its position', () => {
  const error = {
    name: 'TypeError',
    message: 'x is not a function',
    location: 'index.js:12',
    stack: 'TypeError: …\n at',
  };
  expect(printed([['loans', JSON.stringify({ level: 'ERROR', message: 'failed', error })]])).toEqual([
    'loans      │ ERROR failed error="TypeError: x is not a function (index.js:12)"\n',
  ]);
});

test('the position of an error is the topmost one in its stack outside of node_modules', () => {
  const stack =
    'TypeError: x\n    at f (node_modules/graphql/execute.ts:1:2)\n    at g (subgraphs/orders/store.ts:12:3)\n    at h (a/b.ts:1:1)';
  const error = { name: 'TypeError', message: 'x', location: 'main.cjs:1', stack };
  expect(printed([['orders', JSON.stringify({ level: 'ERROR', message: 'failed', error })]])).toEqual([
    'orders     │ ERROR failed error="TypeError: x (subgraphs/orders/store.ts:12)"\n',
  ]);
});

test("another function's error is printed without its trace", () => {
  const failure = JSON.stringify({ errorType: 'Error', errorMessage: 'No "x" here', trace: ['Error: no', '    at a'] });
  const error = { name: 'SubgraphDown', message: `shop-dev-orders: Unhandled: ${failure}`, stack: 'SubgraphDown: …' };
  expect(printed([['gateway', JSON.stringify({ level: 'ERROR', message: 'failed', error })]])).toEqual([
    `gateway    │ ERROR failed error=${JSON.stringify('SubgraphDown: shop-dev-orders: Unhandled: Error: No \\"x\\" here')}\n`,
  ]);
});

test('a load error is printed once, on one line, until the code changes', () => {
  const failure = (errorMessage: string) =>
    JSON.stringify({
      timestamp: new Date().toISOString(),
      level: 'ERROR',
      requestId: '-',
      message: {
        errorType: 'Error',
        errorMessage,
        stackTrace: ['Error: no', '    at a (platform/env.ts:4:20)', '    at node:x:1:1'],
      },
    });
  const written: string[] = [];
  const printer = new LogPrinter({ write: (text: string) => written.push(text) });
  const missing = failure('Environment variable TABLE_NAME is not set');
  for (const line of [missing, missing, failure('another'), missing]) printer.print('orders', line);
  expect(written).toEqual([
    'orders     │ ERROR Error: Environment variable TABLE_NAME is not set (platform/env.ts:4)\n',
    'orders     │ ERROR Error: another (platform/env.ts:4)\n',
    'orders     │ ERROR Error: Environment variable TABLE_NAME is not set (platform/env.ts:4)\n',
  ]);
  printer.clearLoadErrors();
  printer.print('orders', missing);
  printer.print('products', missing);
  expect(written).toHaveLength(5);
});

test.each(['REPORT RequestId: 1 Duration: 2.00 ms', '{"not":"a log line"}', '{"cut', ''])(
  'any other line is printed unchanged: %s',
  (line) => {
    expect(printed([['gateway', line]])).toEqual([`gateway    │ ${line}\n`]);
  },
);

test('on a terminal, each name has its own colour, the same in every run', () => {
  const colours = (names: string[]) => {
    const lines = names.map((name): [string, string] => [name, 'hello']);
    return printed(lines, { isTTY: true }).map(colourOf);
  };
  const all = colours(['members', 'books', 'loans', 'gateway']);
  expect(new Set(all).size).toBe(4);
  expect(colours(['members'])).toEqual(all.slice(0, 1));
});

test('on a terminal, errors are red', () => {
  const line = JSON.stringify({ level: 'ERROR', message: 'no' });
  expect(printed([['gateway', line]], { isTTY: true }).join('')).toContain('\u001b[31mERROR\u001b[0m no');
});

test('there are no colours in a file, or if NO_COLOR is set', () => {
  expect(printed([['gateway', 'hello']], { isTTY: true, noColor: true })).toEqual(['gateway    │ hello\n']);
  expect(printed([['gateway', 'hello']])).toEqual(['gateway    │ hello\n']);
});

test('a quiet printer prints nothing', () => {
  expect(printed([['gateway', 'hello']], { quiet: true })).toEqual([]);
});

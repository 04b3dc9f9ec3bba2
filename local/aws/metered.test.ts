import type { AwsRequest } from './aws-request.ts';
import type { AwsService } from './aws-service.ts';
import { metered, type Usage } from './metered.ts';

const request = (operation: string, input: object): AwsRequest => ({
  method: 'POST',
  url: '/',
  headers: { 'x-amz-target': `DynamoDB_20120810.${operation}`, 'content-length': '2' },
  body: Buffer.from(JSON.stringify(input)),
});

/** Service that answers each call with this body, and its listener's reports. */
function service(body: object, status = 200) {
  const received: AwsRequest[] = [];
  const usage: Usage[] = [];
  const plain: AwsService = {
    accesses: () => [],
    handle: async (call) => {
      received.push(call);
      return { status, headers: {}, body: JSON.stringify(body) };
    },
  };
  return { plain, received, usage, wrapped: metered(plain, (use) => usage.push(use)) };
}

test.each([
  ['Query', { TableName: 'books', CapacityUnits: 2.5 }, [{ table: 'books', readUnits: 2.5, writeUnits: 0 }]],
  [
    'TransactWriteItems',
    [
      { TableName: 'books', CapacityUnits: 4 },
      { TableName: 'loans', CapacityUnits: 2 },
    ],
    [
      { table: 'books', readUnits: 0, writeUnits: 4 },
      { table: 'loans', readUnits: 0, writeUnits: 2 },
    ],
  ],
])(
  '%s of a function is reported with the units that DynamoDB consumed',
  async (operation, ConsumedCapacity, tables) => {
    const { wrapped, received, usage } = service({ ConsumedCapacity });
    await wrapped.handle(request(operation, { TableName: 'books' }), 'library-dev-books');
    expect(usage).toEqual([{ functionName: 'library-dev-books', tables, events: [] }]);
    const [{ body, headers } = request('', {})] = received;
    expect(JSON.parse(body.toString())).toMatchObject({ TableName: 'books', ReturnConsumedCapacity: 'TOTAL' });
    expect(headers['content-length']).toBe(String(body.length));
  },
);

test('events that a function puts on a bus are reported with their size', async () => {
  const { wrapped, usage } = service({});
  const Entries = [{ Source: 'loans', DetailType: 'LoanStarted', Detail: '{"id":"1"}' }];
  await wrapped.handle(request('PutEvents', { Entries }), 'library-dev-loans-publisher');
  expect(usage[0]?.events).toEqual([{ source: 'loans', type: 'LoanStarted', bytes: 26 }]);
});

test("the operator's calls and failed calls are not reported", async () => {
  const { wrapped, usage } = service({ ConsumedCapacity: { TableName: 'books', CapacityUnits: 1 } });
  await wrapped.handle(request('GetItem', {}));
  const failing = service({}, 400);
  await failing.wrapped.handle(request('PutItem', {}), 'library-dev-books');
  expect([...usage, ...failing.usage]).toEqual([]);
});

test('without a listener, calls are passed on as they are', () => {
  const { plain } = service({});
  expect(metered(plain)).toBe(plain);
});

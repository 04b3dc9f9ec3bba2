import { createRequire } from 'node:module';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import type { Answered, Memory } from './gateway-process.ts';

/** A gateway's bundle, the file that is named, in a process that does nothing else: it answers the events that its parent sends. */

const { handler } = createRequire(import.meta.url)(process.argv[2] ?? '') as {
  handler: (event: APIGatewayProxyEventV2, context: Context) => Promise<APIGatewayProxyStructuredResultV2>;
};

// V8 refuses the compiled code of a process that was started with this flag.
setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

async function answers(events: APIGatewayProxyEventV2[]): Promise<Answered[]> {
  const all: Answered[] = [];
  for (const event of events) all.push(await answer(event));
  return all;
}

async function answer(event: APIGatewayProxyEventV2): Promise<Answered> {
  const began = process.cpuUsage();
  const { statusCode = 0, body = '' } = await handler(event, { getRemainingTimeInMillis: () => 29_000 } as Context);
  const { user, system } = process.cpuUsage(began);
  return { status: statusCode, body, cpuMs: (user + system) / 1_000 };
}

async function memory(): Promise<Memory> {
  // What the first finds to be garbage may hold on to more.
  for (let i = 0; i < 2; i++) collectGarbage();
  const { rss, heapUsed, external } = process.memoryUsage();
  return { rssMb: rss / 1e6, heapMb: (heapUsed + external) / 1e6 };
}

process.on('message', async ({ events }: { events?: APIGatewayProxyEventV2[] }) => {
  process.send?.(await (events ? answers(events) : memory()));
});
process.on('disconnect', () => process.exit());

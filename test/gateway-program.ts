import { createRequire } from 'node:module';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { run } from '../build/code-cache/lambda-globals.cjs';
import type { FunctionUrlEvent } from '../gateway/http/function-url.ts';
import type { MeasuredResponse, Memory } from './gateway-process.ts';

/** Loads the gateway bundle named as argument and runs the events that the parent process sends. */

const { handler } = createRequire(import.meta.url)(process.argv[2] ?? '');

// Not on the command line: V8 rejects the code cache of a process that was started with this flag.
setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

const CONTEXT = { getRemainingTimeInMillis: () => 29_000 };

async function answerAll(events: FunctionUrlEvent[]): Promise<MeasuredResponse[]> {
  const all: MeasuredResponse[] = [];
  for (const event of events) all.push(await answer(event));
  return all;
}

async function answer(event: FunctionUrlEvent): Promise<MeasuredResponse> {
  const began = process.cpuUsage();
  const { statusCode = 0, body = '' } = await run(handler, event, CONTEXT);
  const { user, system } = process.cpuUsage(began);
  return { status: statusCode, body, cpuMs: (user + system) / 1_000 };
}

async function memory(): Promise<Memory> {
  // The first collection may make more objects unreachable.
  for (let i = 0; i < 2; i++) collectGarbage();
  const { rss, heapUsed, external } = process.memoryUsage();
  return { rssMb: rss / 1e6, heapMb: (heapUsed + external) / 1e6 };
}

process.on('message', async ({ events }: { events?: FunctionUrlEvent[] }) => {
  process.send?.(await (events ? answerAll(events) : memory()));
});
process.on('disconnect', () => process.exit());

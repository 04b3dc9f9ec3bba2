import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../sqlite.ts';
import { type AsyncConfig, AsyncInvocations, type FailedEvent, type QueuedEvent } from './async-invocations.ts';
import type { InvokeResult } from './function-definition.ts';
import { InvocationRefused } from './lambda-service.ts';

const OK: InvokeResult = { requestId: 'r', executedVersion: '1', body: 'null', duration: 1, initDuration: 0, log: [] };
const FAILED: InvokeResult = { ...OK, body: '{"errorMessage":"no"}', functionError: 'Unhandled' };
const THROTTLED = new InvocationRefused(429, 'TooManyRequestsException', 'Rate Exceeded.');

const directory = mkdtempSync(join(tmpdir(), 'async-'));
afterAll(() => rmSync(directory, { recursive: true }));

let files = 0;
const newFile = () => join(directory, `${++files}.db`);
const event = (id: string) => ({ id, functionName: 'f', qualifier: 'live', payload: Buffer.from(`{"id":"${id}"}`) });

type Run = (event: QueuedEvent, run: number) => Promise<InvokeResult>;

/** Returns a started queue whose function behaves like `run`. */
function queue(run: Run, { file = newFile(), ...config }: Partial<AsyncConfig> & { file?: string } = {}) {
  const runs: string[] = [];
  const failed: FailedEvent[] = [];
  const database = openDatabase(file);
  const invocations = new AsyncInvocations({
    database,
    invoke: (event) => run(event, runs.push(event.id)),
    configOf: () => ({ maxRetries: 1, maxAge: 60_000, ...config }),
    onFailed: (event) => failed.push(event),
  });
  invocations.start();
  return { invocations, runs, failed, database };
}

test('an event is handled once, with its own id', async () => {
  const { invocations, runs, failed } = queue(async () => OK);
  await invocations.accept(event('a'));
  expect([runs, failed]).toEqual([['a'], []]);
});

test('an event whose function fails is retried after a delay', async () => {
  const started = Date.now();
  const { invocations, runs, failed } = queue(async (_, run) => (run === 1 ? FAILED : OK));
  await invocations.accept(event('a'));
  expect([runs, failed]).toEqual([['a', 'a'], []]);
  expect(Date.now() - started).toBeGreaterThanOrEqual(990);
});

test('an event that always fails is given up, and does not block others', async () => {
  const { invocations, runs, failed } = queue(async ({ id }) => (id === 'poison' ? FAILED : OK));
  await Promise.all(['poison', 'a', 'b'].map((id) => invocations.accept(event(id))));
  expect(runs).toEqual(['poison', 'a', 'b', 'poison']);
  expect(failed).toMatchObject([
    { condition: 'RetriesExhausted', event: { id: 'poison', failures: 2 }, result: FAILED },
  ]);
});

test('throttling delays an event and does not count as a failure', async () => {
  const act = async (_: QueuedEvent, run: number) => {
    if (run < 3) throw THROTTLED;
    return OK;
  };
  const { invocations, runs, failed } = queue(act, { maxRetries: 0 });
  await invocations.accept(event('a'));
  expect([runs.length, failed]).toEqual([3, []]);
});

test('an event that waited too long is given up', async () => {
  const act = () => Promise.reject(THROTTLED);
  const { invocations, failed } = queue(act, { maxAge: 100 });
  await invocations.accept(event('a'));
  expect(failed).toMatchObject([{ condition: 'EventAgeExceeded', result: undefined }]);
});

test('at most two events run at once', async () => {
  let running = 0;
  let most = 0;
  const { invocations } = queue(async () => {
    most = Math.max(most, ++running);
    await new Promise(setImmediate);
    running--;
    return OK;
  });
  await Promise.all(Array.from({ length: 50 }, (_, i) => invocations.accept(event(String(i)))));
  expect(most).toBe(2);
});

test('the next run handles the events of the last one: started, queued and failed ones', async () => {
  const file = newFile();
  const first = queue(async ({ id }) => (id === 'failed' ? FAILED : new Promise(() => {})), { file });
  for (const id of ['failed', 'a', 'b', 'c', 'd', 'waiting']) void first.invocations.accept(event(id));
  await new Promise(setImmediate);
  void first.invocations.stop();
  first.database.close();
  const handled: string[] = [];
  await new Promise<void>((resolve) => {
    queue(
      async ({ id, payload }) => {
        if (handled.push(`${id} ${payload}`) === 6) resolve();
        return OK;
      },
      { file },
    );
  });
  expect(handled).toEqual(['failed', 'a', 'b', 'c', 'd', 'waiting'].map((id) => `${id} {"id":"${id}"}`));
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestLambda } from '../../../test/lambda.ts';

const directory = mkdtempSync(join(tmpdir(), 'lambda-'));
let lambda: TestLambda;
beforeEach(() => {
  lambda = new TestLambda();
});
afterEach(() => lambda.service.close());
afterAll(() => rmSync(directory, { recursive: true }));

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}

describe('an invocation', () => {
  test("passes the event to the handler and returns the handler's result", async () => {
    expect(await lambda.call(lambda.put('behaviour.echo'), { é: [1, null] })).toMatchObject({
      answer: { é: [1, null] },
      initDuration: expect.any(Number),
    });
    expect((await lambda.call(lambda.put('behaviour.nothing'))).answer).toBeNull();
  });

  test('gets a streamed response whole', async () => {
    const { body } = await lambda.service.invoke(lambda.put('streaming.plain'), Buffer.from('{}'));
    expect(body).toBe('first second');
  });

  test('has the documented context and environment variables', async () => {
    const name = lambda.put('behaviour.describe', {
      memory: 300,
      timeout: 9_000,
      environment: { OWN: 'yes', AWS_REGION: 'eu-west-1' },
    });
    const { answer, requestId } = await lambda.call(name);
    expect(answer).toMatchObject({
      functionName: name,
      functionVersion: '$LATEST',
      invokedFunctionArn: `arn:aws:lambda:us-east-1:123456789012:function:${name}`,
      memoryLimitInMB: '300',
      awsRequestId: requestId,
      logGroupName: `/aws/lambda/${name}`,
      logStreamName: expect.any(String),
      directory: join(import.meta.dirname, '../../../test/functions'),
      variables: {
        OWN: 'yes',
        AWS_REGION: 'eu-west-1',
        AWS_LAMBDA_FUNCTION_NAME: name,
        AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '300',
        AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
        TZ: ':UTC',
      },
    });
    expect(answer.remaining).toBeGreaterThan(8_000);
    expect(answer.remaining).toBeLessThanOrEqual(9_000);
    expect(answer.variables).not.toHaveProperty('HOME');
  });

  test("logs line by line under the function's name", async () => {
    const name = lambda.put('behaviour.talk');
    const { log } = await lambda.call(name, { word: 'hello' });
    const messages = lambda.lines.map((line) => [line.split(' ')[0], JSON.parse(line.slice(name.length + 1)).message]);
    expect(messages.sort()).toEqual([
      [name, 'hello'],
      [name, 'hello on stderr'],
      [name, 'two\nlines'],
    ]);
    expect(log[0]).toMatch(/^START RequestId: /);
    expect(log).toHaveLength(6);
    expect(log.at(-1)).toMatch(
      /^REPORT RequestId: \S+\tDuration: \d+ ms\tBilled Duration: \d+ ms\tMemory Size: 256 MB\t(Max Memory Used: \d+ MB\t)?Init Duration: [\d.]+ ms$/,
    );
  });
});

describe('environments', () => {
  test('consecutive calls share one', async () => {
    const name = lambda.put('behaviour.count');
    for (const calls of [1, 2, 3]) expect((await lambda.call(name)).answer.calls).toBe(calls);
  });

  test('concurrent calls get one each, up to the limit', async () => {
    const name = lambda.put('behaviour.count', { reservedConcurrency: 3 });
    const results = await Promise.allSettled([1, 2, 3, 4, 5].map(() => lambda.call(name, { wait: 100 })));
    const answers = results.flatMap((each) => (each.status === 'fulfilled' ? [each.value.answer] : []));
    expect(new Set(answers.map(({ pid }) => pid)).size).toBe(3);
    expect(answers.map(({ calls }) => calls)).toEqual([1, 1, 1]);
    for (const refused of results.filter(({ status }) => status === 'rejected')) {
      expect(refused).toMatchObject({
        reason: {
          status: 429,
          message: 'Rate Exceeded.',
          reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
        },
      });
    }
    expect((await lambda.call(name)).answer.calls).toBe(2);
  });

  test('a function without reserved concurrency has the limit of the account', async () => {
    const small = new TestLambda({ maxConcurrency: 1 });
    const name = small.put('behaviour.count');
    const first = small.call(name);
    await expect(small.call(name)).rejects.toMatchObject({ reason: 'ConcurrentInvocationLimitExceeded' });
    await first;
    await small.service.close();
  });

  test('calls wait for an environment, in order', async () => {
    const small = new TestLambda({ maxConcurrency: 1, waitTimeout: 20_000 });
    const name = small.put('behaviour.count');
    const results = await Promise.all([1, 2, 3, 4].map(() => small.call(name)));
    expect(results.map(({ answer }) => answer.calls)).toEqual([1, 2, 3, 4]);
    await small.service.close();
  });

  test('a waiting call gets a new one if the busy one exits or the function is replaced', async () => {
    const small = new TestLambda({ maxConcurrency: 1, waitTimeout: 20_000 });
    const name = small.put('behaviour.exit');
    const [first, second] = [small.call(name, { code: 1 }), small.call(name, { code: 2 })];
    expect((await first).answer.errorMessage).toContain('exit status 1');
    expect((await second).answer.errorMessage).toContain('exit status 2');
    const hanging = small.call(small.put('behaviour.hang', { name }));
    const third = small.call(name);
    small.put('behaviour.echo', { name });
    expect(await third).toMatchObject({ answer: {} });
    await small.service.close();
    expect((await hanging).functionError).toBe('Unhandled');
  });

  test('a waiting call is throttled after the timeout', async () => {
    const small = new TestLambda({ maxConcurrency: 1, waitTimeout: 200 });
    const name = small.put('behaviour.hang');
    void small.call(name);
    await expect(small.call(name)).rejects.toMatchObject({ reason: 'ConcurrentInvocationLimitExceeded' });
    await small.service.close();
  });

  test('calls of a function with reserved concurrency do not wait', async () => {
    const waiting = new TestLambda({ waitTimeout: 3_600_000 });
    const name = waiting.put('behaviour.hang', { reservedConcurrency: 0 });
    await expect(waiting.call(name)).rejects.toMatchObject({ status: 429 });
    await waiting.service.close();
  });

  test('calls above the limit here wait, but no more than the function has reserved', async () => {
    const small = new TestLambda({ maxConcurrency: 1, waitTimeout: 20_000 });
    const name = small.put('behaviour.count', { reservedConcurrency: 2 });
    const results = await Promise.allSettled([1, 2, 3].map(() => small.call(name)));
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
    await small.service.close();
  });

  test('an environment is frozen between invocations', async () => {
    const name = lambda.put('behaviour.count');
    const first = await lambda.call(name, { wait: 50 });
    await new Promise((resolve) => setTimeout(resolve, 300));
    const second = await lambda.call(name);
    expect(second.answer.pid).toBe(first.answer.pid);
    expect(first.answer.ticks).toBeGreaterThan(3);
    expect(second.answer.ticks - first.answer.ticks).toBeLessThan(30);
  });

  test('an environment takes no other call before its result is returned, or a crash would lose it', async () => {
    const name = lambda.put('behaviour.count', { reservedConcurrency: 1 });
    await lambda.call(name);
    let hasAnswered = false;
    const first = lambda.call(name).then(() => {
      hasAnswered = true;
    });
    for (let isTaken = false; !isTaken; ) {
      const hadAnswered = hasAnswered;
      isTaken = true;
      void lambda.call(name).catch(() => {
        isTaken = false;
      });
      await new Promise(setImmediate);
      expect(isTaken && !hadAnswered).toBe(false);
    }
    await first;
  });

  test('an environment that is busy after its result is not reused, and is killed at the timeout', async () => {
    const name = lambda.put('behaviour.busyAfterwards', { timeout: 700 });
    const [first, second] = [(await lambda.call(name)).answer, (await lambda.call(name)).answer];
    expect(second).not.toBe(first);
    await until(() => !isRunning(first) && !isRunning(second));
  });
});

describe('a failure', () => {
  test('that the handler throws is the result, and the environment is reused', async () => {
    const name = lambda.put('behaviour.fail');
    const { functionError, answer } = await lambda.call(name);
    expect(functionError).toBe('Unhandled');
    expect(answer).toMatchObject({ errorType: 'TypeError', errorMessage: 'the reason', trace: expect.any(Array) });
    expect((await lambda.call(name)).initDuration).toBe(0);
  });

  test.each([
    [{ code: 3 }, 'Runtime exited with error: exit status 3'],
    [{ code: 0 }, 'Runtime exited without providing a reason'],
  ])('exit with %j ends the environment, and the next call gets a new one', async (event, reason) => {
    const name = lambda.put('behaviour.exit', { reservedConcurrency: 1 });
    for (const _ of [1, 2]) {
      const { functionError, answer, requestId, initDuration } = await lambda.call(name, event);
      expect(functionError).toBe('Unhandled');
      expect(answer).toEqual({
        errorType: 'Runtime.ExitError',
        errorMessage: `RequestId: ${requestId} Error: ${reason}`,
      });
      expect(initDuration).toBeGreaterThan(0);
    }
  });

  test('that is not caught ends the environment, and its message is in the log', async () => {
    const { answer, log } = await lambda.call(lambda.put('behaviour.uncaught'));
    expect(answer).toMatchObject({
      errorType: 'Runtime.ExitError',
      errorMessage: expect.stringContaining('exit status 1'),
    });
    expect(log.join('\n')).toContain('uncaught in a timer');
  });

  test('a handler that does not finish is killed at the timeout, and the next call gets a new environment', async () => {
    const name = lambda.put('behaviour.hang', { timeout: 250, reservedConcurrency: 1 });
    for (const _ of [1, 2]) {
      const { functionError, answer, requestId, duration } = await lambda.call(name);
      expect(functionError).toBe('Unhandled');
      expect(answer).toEqual({
        errorType: 'Sandbox.Timedout',
        errorMessage: `RequestId: ${requestId} Error: Task timed out after 0.25 seconds`,
      });
      expect(duration).toBeGreaterThanOrEqual(250);
    }
  });

  test('exceeding the memory limit ends the environment', async () => {
    const name = lambda.put('behaviour.greedy', { memory: 128 });
    const { answer, requestId } = await lambda.call(name, { mebibytes: 200 });
    expect(answer).toEqual({
      errorType: 'Runtime.OutOfMemory',
      errorMessage: `RequestId: ${requestId} Error: Runtime exited with error: signal: killed`,
    });
  });

  test('a response of more than 6 MB is refused, and the environment is reused', async () => {
    const name = lambda.put('behaviour.large');
    const limit = 6 * 1024 * 1024 + 100;
    const { functionError, answer } = await lambda.call(name, { bytes: limit - 1 });
    expect({ functionError, answer }).toEqual({
      functionError: 'Unhandled',
      answer: {
        errorType: 'Function.ResponseSizeTooLarge',
        errorMessage: `Response payload size exceeded maximum allowed payload size (${limit} bytes).`,
      },
    });
    expect((await lambda.call(name, { bytes: limit - 2 })).answer).toHaveLength(limit - 2);
  });
});

describe('a function that does not load', () => {
  test('is loaded twice, and its error is the result', async () => {
    const { functionError, answer, log } = await lambda.call(lambda.put('throws-at-load.handler'));
    expect(functionError).toBe('Unhandled');
    expect(answer).toMatchObject({ errorType: 'RangeError', errorMessage: 'it does not load' });
    expect(log.filter((line) => line.includes('"errorMessage":"it does not load"'))).toHaveLength(2);
    expect(log.join('\n')).toMatch(/INIT_REPORT Init Duration: [\d.]+ ms\tPhase: init\tStatus: error/);
  });

  test('returns a result if the second load succeeds', async () => {
    const environment = { MARKER: join(directory, 'broken') };
    expect((await lambda.call(lambda.put('once-broken.handler', { environment }))).answer).toBe('loaded');
  });

  test.each([
    [
      'fails',
      { initLimit: 200, timeout: 300, MARKER: '' },
      { errorType: 'Sandbox.Timedout', errorMessage: expect.stringMatching(/timed out after 0.30 seconds$/) },
    ],
    // Long enough for the first load to write its marker on a busy machine.
    ['succeeds', { initLimit: 2_000, timeout: 10_000, MARKER: 'slow' }, 'loaded'],
  ])('in time is loaded again within its own timeout: the second load %s', async (_, settings, expected) => {
    const { initLimit, timeout, MARKER } = settings;
    const strict = new TestLambda({ initLimit });
    const environment = { MARKER: MARKER && join(directory, MARKER) };
    const { answer } = await strict.call(strict.put('slow-at-load.handler', { environment, timeout }));
    expect(answer).toEqual(expected);
    await strict.service.close();
  });

  test.each([
    ['nothing.handler', {}, 'Runtime.ImportModuleError'],
    ['behaviour.missing', {}, 'Runtime.HandlerNotFound'],
    ['behaviour.echo', { codeDirectory: '/nowhere' }, 'Runtime.InvalidEntrypoint'],
  ])('%s %j fails with %s', async (handler, options, errorType) => {
    const name = lambda.put(handler, { ...options, reservedConcurrency: 1 });
    for (const _ of [1, 2]) {
      expect(await lambda.call(name)).toMatchObject({ functionError: 'Unhandled', answer: { errorType } });
    }
  });
});

describe('the Runtime API', () => {
  test('refuses a wrong request id and calls out of order', async () => {
    expect((await lambda.call(lambda.put('behaviour.protocol'))).answer).toEqual({
      wrongId: [400, 'InvalidRequestID'],
      nextWhileRunning: [403, 'InvalidStateTransition'],
      initErrorWhileRunning: [403, 'InvalidStateTransition'],
      unknown: [404, 'NotFound'],
    });
  });

  test('accepts one result per invocation', async () => {
    expect((await lambda.call(lambda.put('behaviour.answerTwice'))).answer).toBe('first');
    await until(() => lambda.lines.some((line) => line.includes('403 InvalidStateTransition')));
  });
});

describe('a replaced function', () => {
  test('finishes running invocations in the old environment, and runs new ones in a new one', async () => {
    const name = lambda.put('behaviour.count');
    const old = lambda.call(name, { wait: 200 });
    lambda.put('behaviour.echo', { name });
    expect((await lambda.call(name, { new: true })).answer).toEqual({ new: true });
    const { answer } = await old;
    expect(answer.calls).toBe(1);
    await until(() => !isRunning(answer.pid));
  });

  test('leaves no idle process when it is removed', async () => {
    const name = lambda.put('behaviour.count');
    const { pid } = (await lambda.call(name)).answer;
    expect(isRunning(pid)).toBe(true);
    lambda.service.keepOnly(new Set());
    await until(() => !isRunning(pid));
    await expect(lambda.call(name)).rejects.toMatchObject({ status: 404 });
  });
});

describe('closing', () => {
  test('ends running invocations, and leaves no process', async () => {
    const name = lambda.put('behaviour.count');
    const { pid } = (await lambda.call(name)).answer;
    const running = lambda.call(name, { wait: 60_000 });
    await lambda.service.close();
    expect((await running).answer).toMatchObject({ errorType: 'Runtime.ExitError' });
    expect(isRunning(pid)).toBe(false);
  });

  test('ends an invocation that has not started yet', async () => {
    const running = lambda.call(lambda.put('behaviour.echo'));
    await lambda.service.close();
    expect((await running).answer).toMatchObject({ errorType: 'Runtime.ExitError' });
  });

  test('ends a function that does not load', async () => {
    const running = lambda.call(lambda.put('slow-at-load.handler'));
    await until(() => lambda.lines.length > 0);
    await lambda.service.close();
    expect((await running).answer).toMatchObject({ errorType: 'Runtime.ExitError' });
  });
});

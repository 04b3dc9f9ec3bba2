/** Lambda functions that behave in one way each, for the tests of the local runtime. */
let calls = 0;
let ticks = 0;
setInterval(() => ticks++, 5);

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

exports.echo = async (event) => event;

exports.nothing = async () => undefined;

/** Which process answers, how many calls it had before, and the ticks of a timer that never stops. */
exports.count = async ({ wait = 0 } = {}) => {
  await pause(wait);
  return { pid: process.pid, calls: ++calls, ticks };
};

exports.describe = async (_event, context) => {
  const { functionName, functionVersion, invokedFunctionArn, memoryLimitInMB, awsRequestId, logGroupName } = context;
  const { logStreamName, clientContext } = context;
  const known = { functionName, functionVersion, invokedFunctionArn, memoryLimitInMB, awsRequestId, logGroupName };
  const remaining = context.getRemainingTimeInMillis();
  return { ...known, logStreamName, clientContext, remaining, variables: process.env, directory: process.cwd() };
};

exports.fail = async () => {
  throw new TypeError('the reason');
};

exports.exit = async ({ code }) => process.exit(code);

exports.leave = async () => process.exit();

/** More than Lambda lets a function return. */
exports.sevenMegabytes = async () => 'x'.repeat(7_000_000);

exports.uncaught = () =>
  new Promise(() => {
    setTimeout(() => {
      throw new Error('nobody catches this');
    });
  });

exports.hang = () => new Promise(() => {});

exports.large = async ({ bytes }) => 'x'.repeat(bytes);

/** Takes memory outside of V8's heap. */
exports.greedy = async ({ mebibytes }) => {
  const taken = Buffer.alloc(mebibytes * 1024 * 1024, 1);
  await pause(1_000);
  return taken.length;
};

exports.talk = async ({ word }) => {
  console.log(word);
  console.error(`${word} on stderr`);
  console.log('two\nlines');
};

/** Calls the Runtime API out of turn, as a runtime with a fault would, and tells what it says. */
exports.protocol = async () => ({
  wrongId: await runtimeApi('POST', '/invocation/another/response'),
  nextWhileRunning: await runtimeApi('GET', '/invocation/next'),
  initErrorWhileRunning: await runtimeApi('POST', '/init/error'),
  unknown: await runtimeApi('GET', '/nothing'),
});

/** Answers by itself, twice, and then a third time by its runtime; writes what the second is told. */
exports.answerTwice = async (_event, { awsRequestId }) => {
  const path = `/invocation/${awsRequestId}/response`;
  await runtimeApi('POST', path);
  console.log((await runtimeApi('POST', path)).join(' '));
};

/** Answers by itself, and then never asks for more. */
exports.busyAfterwards = async (_event, { awsRequestId }) => {
  await runtimeApi('POST', `/invocation/${awsRequestId}/response`, String(process.pid));
  await new Promise(() => {});
};

async function runtimeApi(method, path, body = '"first"') {
  const url = `http://${process.env.AWS_LAMBDA_RUNTIME_API}/2018-06-01/runtime${path}`;
  const response = await fetch(url, { method, ...(method === 'POST' && { body }) });
  return [response.status, (await response.json()).errorType];
}

/** Answers an HTTP request with its process, after it said so; one with the body `wait` never. */
exports.serve = async ({ body }) => {
  console.log(`${body} in ${process.pid}`);
  if (body === 'wait') await new Promise(() => {});
  return { statusCode: 200, body: String(process.pid) };
};

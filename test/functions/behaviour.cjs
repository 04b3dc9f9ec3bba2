/** Lambda functions with one behaviour each, for the tests of the local Lambda runtime. */
let calls = 0;
let ticks = 0;
setInterval(() => ticks++, 5);

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

exports.echo = async (event) => event;

exports.nothing = async () => undefined;

/** Returns the process id, the number of calls so far, and the ticks of a timer that never stops. */
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

/** A release with a defect: every fifth call of a process fails. */
exports.failsOneInFive = async () => {
  if (++calls % 5 === 0) throw new Error('one in five');
};

exports.exit = async ({ code }) => process.exit(code);

exports.leave = async () => process.exit();

/** Exceeds Lambda's limit of a response. */
exports.sevenMegabytes = async () => 'x'.repeat(7_000_000);

exports.uncaught = () =>
  new Promise(() => {
    setTimeout(() => {
      throw new Error('uncaught in a timer');
    });
  });

exports.hang = () => new Promise(() => {});

exports.large = async ({ bytes }) => 'x'.repeat(bytes);

/** Allocates memory outside of V8's heap. */
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

/** Calls the Runtime API out of turn, as a faulty runtime would; returns its responses. */
exports.protocol = async () => ({
  wrongId: await runtimeApi('POST', '/invocation/another/response'),
  nextWhileRunning: await runtimeApi('GET', '/invocation/next'),
  initErrorWhileRunning: await runtimeApi('POST', '/init/error'),
  unknown: await runtimeApi('GET', '/nothing'),
});

/** Responds twice by itself and a third time by its runtime; logs the Runtime API's reply to the second. */
exports.answerTwice = async (_event, { awsRequestId }) => {
  const path = `/invocation/${awsRequestId}/response`;
  await runtimeApi('POST', path);
  console.log((await runtimeApi('POST', path)).join(' '));
};

/** Responds by itself, and never asks for the next invocation. */
exports.busyAfterwards = async (_event, { awsRequestId }) => {
  await runtimeApi('POST', `/invocation/${awsRequestId}/response`, String(process.pid));
  await new Promise(() => {});
};

async function runtimeApi(method, path, body = '"first"') {
  const url = `http://${process.env.AWS_LAMBDA_RUNTIME_API}/2018-06-01/runtime${path}`;
  const response = await fetch(url, { method, ...(method === 'POST' && { body }) });
  return [response.status, (await response.json()).errorType];
}

/** Logs the body and process id of an HTTP request, and streams the process id; never responds to the body `wait`. */
exports.serve = awslambda.streamifyResponse(async ({ body }, stream) => {
  console.log(`${body} in ${process.pid}`);
  if (body === 'wait') await new Promise(() => {});
  stream.write(String(process.pid));
  stream.end();
});

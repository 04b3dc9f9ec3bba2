const { existsSync } = require('node:fs');
const aws4 = require('aws4');

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Function of all routes of a WebSocket API: logs the event, and does what the connection's query or the message says. */
exports.handle = async (event) => {
  console.log(JSON.stringify(event));
  const { eventType, connectionId } = event.requestContext;
  if (eventType === 'CONNECT') return connect(event.queryStringParameters ?? {});
  if (eventType === 'MESSAGE' && event.body.startsWith('{')) await handleMessage(JSON.parse(event.body), connectionId);
  return { statusCode: 200 };
};

async function connect({ status = '200', protocol, fails, hangs }) {
  if (fails) throw new Error('no connections today');
  if (hangs) await pause(60_000);
  return { statusCode: Number(status), ...(protocol && { headers: { 'Sec-WebSocket-Protocol': protocol } }) };
}

async function handleMessage({ echo, waitsFor, fails, hangs }, connectionId) {
  while (waitsFor && !existsSync(waitsFor)) await pause(5);
  if (fails) throw new Error('the reason');
  if (hangs) await pause(60_000);
  if (echo) console.log(`posted ${await post(connectionId, echo)}`);
}

/** Queues each message of a client, in order. */
exports.relay = async ({ body, requestContext }) => {
  const { eventType, connectionId, requestId } = requestContext;
  if (eventType !== 'MESSAGE') return { statusCode: 200 };
  const input = {
    QueueUrl: process.env.QUEUE_URL,
    MessageBody: JSON.stringify({ connectionId, text: body }),
    MessageGroupId: connectionId,
    MessageDeduplicationId: requestId,
  };
  const headers = { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'AmazonSQS.SendMessage' };
  const status = await call('sqs', new URL('/', process.env.AWS_ENDPOINT_URL), JSON.stringify(input), headers);
  if (status !== 200) throw new Error(`SendMessage failed with ${status}`);
  return { statusCode: 200 };
};

/** Sends the messages of the queue back to their clients; fails at the text `poison`. */
exports.deliver = async ({ Records }) => {
  const batchItemFailures = [];
  for (const { messageId, body } of Records) {
    const { connectionId, text } = JSON.parse(body);
    if (text === 'poison') batchItemFailures.push({ itemIdentifier: messageId });
    else await post(connectionId, text);
  }
  return { batchItemFailures };
};

/** Sends a message by the management API; returns the status. */
function post(connectionId, body) {
  const url = new URL(`${process.env.CONNECTIONS_ENDPOINT}/@connections/${encodeURIComponent(connectionId)}`);
  return call('execute-api', url, body);
}

async function call(service, { origin, host, pathname: path }, body, headers) {
  const signed = aws4.sign({ service, region: 'us-east-1', method: 'POST', host, path, body, headers });
  return (await fetch(`${origin}${path}`, { method: 'POST', headers: signed.headers, body })).status;
}

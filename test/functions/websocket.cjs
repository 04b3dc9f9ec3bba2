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

/** Sends a message by the management API; returns the status. */
async function post(connectionId, body) {
  const { origin, host, pathname } = new URL(process.env.CONNECTIONS_ENDPOINT);
  const path = `${pathname}/@connections/${encodeURIComponent(connectionId)}`;
  const { headers } = aws4.sign({ service: 'execute-api', region: 'us-east-1', method: 'POST', host, path, body });
  return (await fetch(`${origin}${path}`, { method: 'POST', headers, body })).status;
}

/** Runs handlers without Lambda's runtime: defines the globals that streaming ones use. JavaScript, for the trainer. */
const { PassThrough } = require('node:stream');

const streaming = new WeakSet();

globalThis.awslambda = {
  streamifyResponse: (handler) => {
    streaming.add(handler);
    return handler;
  },
  HttpResponseStream: { from: (stream, head) => Object.assign(stream, { head }) },
};

exports.run = async (handler, event, context) => {
  if (!streaming.has(handler)) return handler(event, context);
  const stream = new PassThrough();
  const chunks = stream.toArray();
  await handler(event, stream, context);
  const isBase64Encoded = 'content-encoding' in stream.head.headers;
  const body = Buffer.concat(await chunks).toString(isBase64Encoded ? 'base64' : 'utf8');
  return { ...stream.head, body, isBase64Encoded };
};

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
  return { ...stream.head, body: Buffer.concat(await chunks).toString('utf8') };
};

/** Lambda functions that stream, with one behaviour each, for the tests of function URLs. */
const { streamifyResponse, HttpResponseStream } = awslambda;

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const JSON_HEAD = { statusCode: 200, headers: { 'content-type': 'application/json' } };
const MEGABYTE = Buffer.alloc(1024 * 1024, 'x');

/** Resolves when the body of a later invocation could come: when the test has touched this file. */
const { existsSync } = require('node:fs');
const released = async (file) => {
  while (!existsSync(file)) await pause(5);
};

exports.whole = streamifyResponse(async (event, stream) => {
  const head = { statusCode: 201, headers: { 'X-Cost': 3, 'Content-Length': '1' }, cookies: ['a=1; Secure', 'b=2'] };
  const http = HttpResponseStream.from(stream, head);
  http.write(JSON.stringify(event));
  http.end();
});

exports.plain = streamifyResponse(async (_event, stream) => {
  stream.setContentType('text/plain');
  stream.write('first ');
  stream.end('second');
});

exports.empty = streamifyResponse(async (_event, stream) => {
  const http = HttpResponseStream.from(stream, { statusCode: 204, headers: { 'x-empty': 'yes' } });
  http.write('');
  http.end();
});

/** Writes a second part when the file named in the body exists. */
exports.parts = streamifyResponse(async ({ body }, stream) => {
  const http = HttpResponseStream.from(stream, JSON_HEAD);
  http.write('[1');
  await released(body);
  http.write(',2]');
  http.end();
  console.log('finished');
});

exports.failsFirst = streamifyResponse(async () => {
  throw new Error('a secret');
});

exports.failsInside = streamifyResponse(async ({ body }, stream) => {
  const http = HttpResponseStream.from(stream, JSON_HEAD);
  http.write('[1');
  await released(body);
  throw new Error('a secret');
});

exports.exitsInside = streamifyResponse(async ({ body }, stream) => {
  const http = HttpResponseStream.from(stream, JSON_HEAD);
  http.write('[1');
  await released(body);
  process.exit(1);
});

exports.malformed = streamifyResponse(async (_event, stream) => {
  const http = HttpResponseStream.from(stream, { statusCode: 'fine' });
  http.write('a secret');
  http.end();
});

/** Writes as many mebibytes as the body says, as fast as they are taken. */
exports.large = streamifyResponse(async ({ body }, stream) => {
  const http = HttpResponseStream.from(stream, JSON_HEAD);
  for (let i = 0; i < Number(body); i++) {
    if (!http.write(MEGABYTE)) await new Promise((resolve) => http.once('drain', resolve));
  }
  http.end();
  console.log('finished');
});

exports.buffered = async () => ({ statusCode: 201, body: 'as it is' });

/**
 * Replaces the native addon of aws-lambda-ric, AWS's runtime client, so that it needs no compiler: implements the addon's
 * four functions over node:http. Preloaded into each function's process.
 * https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
 */
const Module = require('node:module');
const http = require('node:http');

const ADDON = './rapid-client.node';
const [hostname, port] = process.env.AWS_LAMBDA_RUNTIME_API.split(':');
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });

function call(method, path, headers = {}, body = undefined) {
  return new Promise((resolve, reject) => {
    const request = http.request(
      { agent, hostname, port, method, headers, path: `/2018-06-01/runtime/invocation/${path}` },
      (response) => {
        const chunks = [];
        response.on('data', (chunk) => chunks.push(chunk));
        response.on('end', () => resolve({ headers: response.headers, bodyJson: Buffer.concat(chunks).toString() }));
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}

let lastPost = Promise.resolve();

function post(path, body, headers) {
  lastPost = lastPost.then(() => call('POST', path, { 'content-length': Buffer.byteLength(body), ...headers }, body));
}

const addon = {
  initializeClient() {},
  async next() {
    await lastPost;
    return call('GET', 'next');
  },
  done: (id, body) => post(`${id}/response`, body, { 'content-type': 'application/json' }),
  error: (id, body) =>
    post(`${id}/error`, body, { 'lambda-runtime-function-error-type': JSON.parse(body).errorType ?? 'Error' }),
};

const load = Module._load;
Module._load = function loadWithAddon(request, ...rest) {
  return request === ADDON ? addon : load.call(this, request, ...rest);
};

import { respondAt } from './endpoints.ts';
import type { HttpRequest } from './http-message.ts';
import { jsonResponse } from './response.ts';

const request = (method: string): HttpRequest => ({ method, path: '/', search: '', headers: {}, body: '' });
const endpoint = { methods: ['GET', 'POST'], respond: () => jsonResponse({ ok: true }) };

test.each(['GET', 'POST'])('%s gets the response of the endpoint', async (method) => {
  expect(await respondAt(endpoint, request(method))).toMatchObject({ status: 200, body: '{"ok":true}' });
});

test.each(['PUT', 'DELETE', 'HEAD', 'constructor'])(
  '%s gets 405, with the methods that are accepted',
  async (method) => {
    const { status, headers, body } = await respondAt(endpoint, request(method));
    expect([status, headers.allow]).toEqual([405, 'GET, POST']);
    expect(JSON.parse(String(body)).errors[0].message).toBe('This path accepts GET and POST.');
  },
);

test('a path without an endpoint gets 404', async () => {
  expect(await respondAt(undefined, request('GET'))).toMatchObject({ status: 404 });
});

import type { IncomingMessage } from 'node:http';
import { Firewall, type FirewallRule } from './cloudfront.ts';

const response = { status: 429, headers: {}, body: 'too many' };
const rate = (limit: number, by: 'address' | string[]) => ({ kind: 'rate', limit, window: 1_000, by }) as const;
const perAddress: FirewallRule = { name: 'address', statement: rate(3, 'address'), labels: [], response };
const perToken: FirewallRule = { name: 'token', statement: rate(2, ['authorization']), labels: [], response };

const from = (remoteAddress: string, authorization?: string) =>
  ({ headers: { ...(authorization && { authorization }) }, socket: { remoteAddress } }) as IncomingMessage;

/** Returns the times, in milliseconds, at which a request is allowed. */
const allowedAt = (rules: FirewallRule[], incoming: IncomingMessage, times: number[], firewall = new Firewall()) =>
  times.filter((now) => firewall.evaluate(rules, incoming, now) === undefined);

test('an address is blocked above its limit in the sliding window', () => {
  expect(allowedAt([perAddress], from('::1'), [0, 10, 20, 30, 40])).toEqual([0, 10, 20]);
});

test('requests of the previous window count less as time passes', () => {
  const times = [900, 910, 920, 1_100, 1_900, 1_950];
  expect(allowedAt([perAddress], from('::1'), times)).toEqual([900, 910, 920, 1_900]);
});

test('a sender that does not slow down stays blocked; after a pause it is allowed again', () => {
  const steadily = Array.from({ length: 40 }, (_, i) => i * 100);
  expect(allowedAt([perAddress], from('::1'), [...steadily, 6_000])).toEqual([0, 100, 200, 6_000]);
});

test('senders are counted separately, by address and by token', () => {
  const firewall = new Firewall();
  const isAllowed = (incoming: IncomingMessage) =>
    allowedAt([perAddress, perToken], incoming, [5], firewall).length === 1;
  expect([from('a', 't'), from('b', 't'), from('c', 't')].map(isAllowed)).toEqual([true, true, false]);
  expect([from('a', 'u'), from('a'), from('a')].map(isAllowed)).toEqual([true, true, false]);
});

test('a labelling rule allows the request, and later rules can block by its label', () => {
  const isAbove = { kind: 'label', label: 'above' } as const;
  const isPost = { kind: 'text', of: 'method', text: 'POST', isStart: false } as const;
  const isLocal = { kind: 'text', of: { header: 'origin' }, text: 'http://localhost:', isStart: true } as const;
  const rules: FirewallRule[] = [
    { name: 'count', statement: rate(1, 'address'), labels: ['above'] },
    { name: 'page', statement: { kind: 'all', statements: [isAbove, isPost, isLocal] }, labels: [], response },
  ];
  const firewall = new Firewall();
  const send = (method: string, origin?: string) => {
    const incoming = { method, headers: { ...(origin && { origin }) }, socket: { remoteAddress: '::1' } };
    return firewall.evaluate(rules, incoming as IncomingMessage, 5);
  };
  expect(send('POST', 'http://localhost:3000')).toBeUndefined();
  expect(send('POST', 'http://localhost:3000')).toBe(response);
  for (const allowed of [send('GET', 'http://localhost:3000'), send('POST', 'https://localhost:3000'), send('POST')])
    expect(allowed).toBeUndefined();
});

test('the least recent sender is forgotten above the maximum', () => {
  const firewall = new Firewall();
  for (let i = 0; i < 4; i++) firewall.evaluate([perAddress], from('first'), 0);
  for (let i = 0; i < 10_000; i++) firewall.evaluate([perAddress], from(`${i}`), 0);
  expect(firewall.evaluate([perAddress], from('first'), 0)).toBeUndefined();
});

import type { IncomingMessage } from 'node:http';
import { LRUCache } from 'lru-cache';
import type { Cors } from './cors.ts';
import type { ApiResponse } from './response.ts';

/** Condition of a firewall rule. */
export type Statement =
  | { kind: 'rate'; limit: number /** Milliseconds. */; window: number; by: 'address' | string[] }
  | { kind: 'label'; label: string }
  | { kind: 'text'; of: { header: string } | 'method'; text: string; isStart: boolean }
  | { kind: 'all'; statements: Statement[] };

/** Firewall rule: blocks matching requests with `response`, or adds labels that later rules match. */
export interface FirewallRule {
  name: string;
  statement: Statement;
  labels: string[];
  response?: ApiResponse;
}

/** CloudFront in front of the API. */
export interface Edge {
  rules: FirewallRule[];
  /** Custom headers on each request to the API. */
  originHeaders: Record<string, string>;
  /** For responses of the API without CORS headers. */
  cors?: Cors;
}

interface Request {
  incoming: IncomingMessage;
  now: number;
  labels: ReadonlySet<string>;
}

interface RequestCounts {
  /** Index of the window that `current` counts. */
  window: number;
  current: number;
  previous: number;
}

/** Maximum senders tracked per rule set; AWS WAF tracks 10,000. */
const MAX_SENDERS = 10_000;

/**
 * Evaluates firewall rules in order. Rate rules count over a sliding window, which assumes that the requests of the previous
 * window were evenly spread. They ignore requests without the headers that they aggregate by.
 * https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-rate-based.html
 */
export class Firewall {
  readonly #counts = new LRUCache<string, RequestCounts>({ max: MAX_SENDERS });

  /** Returns the response of the first rule that blocks a request, `now` in milliseconds; undefined if it is allowed. */
  evaluate(rules: readonly FirewallRule[], incoming: IncomingMessage, now: number): ApiResponse | undefined {
    const labels = new Set<string>();
    for (const { name, statement, labels: added, response } of rules) {
      if (!this.#matches(name, statement, { incoming, now, labels })) continue;
      if (response) return response;
      for (const label of added) labels.add(label);
    }
    return undefined;
  }

  #matches(rule: string, statement: Statement, request: Request): boolean {
    if (statement.kind === 'all') return statement.statements.every((one) => this.#matches(rule, one, request));
    if (statement.kind === 'label') return request.labels.has(statement.label);
    if (statement.kind === 'text') return hasText(statement, request.incoming);
    const sender = senderOf(statement, request.incoming);
    return sender !== undefined && this.#count(`${rule} ${sender}`, statement, request.now) > statement.limit;
  }

  /** Counts a request and returns the sender's requests in the sliding window. */
  #count(sender: string, rule: { window: number }, now: number): number {
    const window = Math.floor(now / rule.window);
    const last = this.#counts.get(sender) ?? { window, current: 0, previous: 0 };
    const counts = { ...shiftTo(window, last) };
    counts.current++;
    this.#counts.set(sender, counts);
    const elapsed = (now % rule.window) / rule.window;
    return counts.current + counts.previous * (1 - elapsed);
  }
}

/** Shifts counts to a later window. */
function shiftTo(window: number, counts: RequestCounts): RequestCounts {
  if (counts.window === window) return counts;
  return { window, current: 0, previous: counts.window === window - 1 ? counts.current : 0 };
}

function senderOf({ by }: { by: 'address' | string[] }, { headers, socket }: IncomingMessage): string | undefined {
  if (by === 'address') return socket.remoteAddress;
  const values = by.map((name) => headers[name]);
  return values.includes(undefined) ? undefined : values.join(' ');
}

function hasText(
  { of, text, isStart }: Extract<Statement, { kind: 'text' }>,
  { method, headers }: IncomingMessage,
): boolean {
  const value = of === 'method' ? method : headers[of.header]?.toString();
  return value !== undefined && (isStart ? value.startsWith(text) : value === text);
}

import type { IncomingMessage } from 'node:http';
import { LRUCache } from 'lru-cache';
import type { Cors } from './cors.ts';
import type { ApiResponse } from './response.ts';

/** Which requests a rule of the firewall is about. */
export type Statement =
  | { kind: 'rate'; limit: number /** Milliseconds. */; window: number; by: 'address' | string[] }
  | { kind: 'label'; label: string }
  | { kind: 'text'; of: { header: string } | 'method'; text: string; isStart: boolean }
  | { kind: 'all'; statements: Statement[] };

/** A rule of a firewall: a request that it is about gets this answer, or labels that later rules look at. */
export interface FirewallRule {
  name: string;
  statement: Statement;
  labels: string[];
  answer?: ApiResponse;
}

/** CloudFront before the API. */
export interface Edge {
  rules: FirewallRule[];
  /** Headers that the API gets from it with each request. */
  originHeaders: Record<string, string>;
  /** For answers of the API that have no CORS headers of their own. */
  cors?: Cors;
}

interface Request {
  incoming: IncomingMessage;
  now: number;
  labels: ReadonlySet<string>;
}

interface Counted {
  /** Number of the window that `current` is of. */
  window: number;
  current: number;
  previous: number;
}

/** The most senders that are counted: the firewall of AWS counts 10,000 at a time. */
const MAX_SENDERS = 10_000;

/**
 * Looks at requests as a firewall does, rule by rule in their order. Requests are counted over the time just past, each
 * window's taken as evenly spread. A request without the headers that a rule counts by is not counted by it.
 * https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-rate-based.html
 */
export class Firewall {
  readonly #counted = new LRUCache<string, Counted>({ max: MAX_SENDERS });

  /** The answer of the first rule that refuses a request, `now` in milliseconds; nothing if it may pass. */
  refusal(rules: readonly FirewallRule[], incoming: IncomingMessage, now: number): ApiResponse | undefined {
    const labels = new Set<string>();
    for (const { name, statement, labels: added, answer } of rules) {
      if (!this.#matches(name, statement, { incoming, now, labels })) continue;
      if (answer) return answer;
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

  /** The requests of a sender in the time just past, with this one. */
  #count(sender: string, rule: { window: number }, now: number): number {
    const window = Math.floor(now / rule.window);
    const known = this.#counted.get(sender) ?? { window, current: 0, previous: 0 };
    const counted = { ...movedTo(window, known) };
    counted.current++;
    this.#counted.set(sender, counted);
    const past = (now % rule.window) / rule.window;
    return counted.current + counted.previous * (1 - past);
  }
}

/** The same counts, seen from a later window. */
function movedTo(window: number, counted: Counted): Counted {
  if (counted.window === window) return counted;
  return { window, current: 0, previous: counted.window === window - 1 ? counted.current : 0 };
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

import type { IncomingMessage } from 'node:http';
import { LRUCache } from 'lru-cache';
import type { ApiAnswer } from './answer.ts';

/** A rule of a firewall: who sends more in a time than is allowed gets this answer. */
export interface RateRule {
  name: string;
  /** Requests in `window`. */
  limit: number;
  /** Milliseconds. */
  window: number;
  /** What requests are counted by: the address that they come from, or these headers. */
  by: 'address' | string[];
  answer: ApiAnswer;
}

/** CloudFront before the API. */
export interface Edge {
  rules: RateRule[];
  /** Headers that the API gets from it with each request. */
  originHeaders: Record<string, string>;
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
 * Counts requests as a firewall does: over the time just past, each window's requests taken as evenly spread. A request
 * without the headers that a rule counts by is not counted by it.
 * https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-rate-based.html
 */
export class Firewall {
  readonly #counted = new LRUCache<string, Counted>({ max: MAX_SENDERS });

  /** The answer of the first rule that a request breaks, `now` in milliseconds; nothing if it may pass. */
  refusal(rules: readonly RateRule[], incoming: IncomingMessage, now: number): ApiAnswer | undefined {
    const broken = rules.filter((rule) => {
      const sender = senderOf(rule, incoming);
      return sender !== undefined && this.#count(`${rule.name} ${sender}`, rule, now) > rule.limit;
    });
    return broken[0]?.answer;
  }

  /** The requests of a sender in the time just past, with this one. */
  #count(sender: string, rule: RateRule, now: number): number {
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

function senderOf({ by }: RateRule, { headers, socket }: IncomingMessage): string | undefined {
  if (by === 'address') return socket.remoteAddress;
  const values = by.map((name) => headers[name]);
  return values.includes(undefined) ? undefined : values.join(' ');
}

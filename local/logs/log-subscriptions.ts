import { gzipSync } from 'node:zlib';
import { LOCAL_ACCOUNT } from '../assembly/arns.ts';

/** A function that receives matching lines of another function's log, https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html */
export interface LogSubscription {
  /** Name of the function whose log is read. */
  source: string;
  name: string;
  /** Member of the line's JSON object, and the value it must have. */
  member: string;
  value: string;
  functionName: string;
  qualifier: string;
  /** ARN of the receiving function's alias. */
  arn: string;
}

interface LogEvent {
  id: string;
  timestamp: number;
  message: string;
}

/** Milliseconds that lines are buffered; CloudWatch takes about as long. */
const BUFFER_TIME = 500;

export interface LogSubscriptionsOptions {
  subscriptions: () => LogSubscription[];
  /** Delivers an event to the function of a subscription. */
  deliver: (subscription: LogSubscription, payload: Buffer) => void;
}

/** Delivers log lines to subscribed functions, in batches. */
export class LogSubscriptions {
  readonly #options: LogSubscriptionsOptions;
  readonly #buffered = new Map<LogSubscription, LogEvent[]>();
  #timer: NodeJS.Timeout | undefined;
  #count = 0;

  constructor(options: LogSubscriptionsOptions) {
    this.#options = options;
  }

  /** Buffers a log line of a function for each subscription that it matches. */
  add(functionName: string, line: string): void {
    for (const subscription of this.#options.subscriptions()) {
      if (subscription.source !== functionName || !matches(subscription, line)) continue;
      const events = this.#buffered.get(subscription) ?? [];
      this.#buffered.set(subscription, events);
      events.push({ id: String(this.#count++), timestamp: Date.now(), message: line });
      this.#timer ??= setTimeout(() => this.flush(), BUFFER_TIME);
    }
  }

  /** Delivers all buffered lines. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    for (const [subscription, logEvents] of this.#buffered)
      this.#options.deliver(subscription, eventOf(subscription, logEvents));
    this.#buffered.clear();
  }
}

function matches({ member, value }: LogSubscription, line: string): boolean {
  // Skips parsing for most lines.
  if (!line.startsWith('{') || !line.includes(value)) return false;
  try {
    return (JSON.parse(line) as Record<string, unknown>)[member] === value;
  } catch {
    return false;
  }
}

function eventOf({ source, name }: LogSubscription, logEvents: LogEvent[]): Buffer {
  const data = {
    messageType: 'DATA_MESSAGE',
    owner: LOCAL_ACCOUNT.accountId,
    logGroup: logGroupOf(source),
    logStream: 'local',
    subscriptionFilters: [name],
    logEvents,
  };
  return Buffer.from(JSON.stringify({ awslogs: { data: gzipSync(JSON.stringify(data)).toString('base64') } }));
}

/** Returns the name of a function's log group. */
export function logGroupOf(functionName: string): string {
  return `/aws/lambda/${functionName}`;
}

import { gzipSync } from 'node:zlib';
import { LOCAL_ACCOUNT } from '../assembly/intrinsics.ts';

/** A function that gets lines of another's log, https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html */
export interface LogSubscription {
  /** Whose log it is. */
  of: string;
  name: string;
  /** A member of the line's JSON object, and what it must be. */
  member: string;
  value: string;
  functionName: string;
  qualifier: string;
  /** ARN of the function under that alias. */
  arn: string;
}

interface LogEvent {
  id: string;
  timestamp: number;
  message: string;
}

/** Milliseconds that lines are gathered for: CloudWatch takes about as long. */
const GATHERING = 500;

export interface LogSubscriptionsOptions {
  subscriptions: () => LogSubscription[];
  /** Hands an event to the function of a subscription. */
  deliver: (subscription: LogSubscription, payload: Buffer) => void;
}

/** Hands lines of logs to the functions that want them, some at a time. */
export class LogSubscriptions {
  readonly #options: LogSubscriptionsOptions;
  readonly #gathered = new Map<LogSubscription, LogEvent[]>();
  #timer: NodeJS.Timeout | undefined;
  #count = 0;

  constructor(options: LogSubscriptionsOptions) {
    this.#options = options;
  }

  /** Takes a line that a function wrote. */
  note(functionName: string, line: string): void {
    for (const subscription of this.#options.subscriptions()) {
      if (subscription.of !== functionName || !wants(subscription, line)) continue;
      const events = this.#gathered.get(subscription) ?? [];
      this.#gathered.set(subscription, events);
      events.push({ id: String(this.#count++), timestamp: Date.now(), message: line });
      this.#timer ??= setTimeout(() => this.flush(), GATHERING);
    }
  }

  /** Hands over what has been gathered. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    for (const [subscription, logEvents] of this.#gathered)
      this.#options.deliver(subscription, eventOf(subscription, logEvents));
    this.#gathered.clear();
  }
}

function wants({ member, value }: LogSubscription, line: string): boolean {
  // Most lines are somebody else's: they need not be read.
  if (!line.startsWith('{') || !line.includes(value)) return false;
  try {
    return (JSON.parse(line) as Record<string, unknown>)[member] === value;
  } catch {
    return false;
  }
}

function eventOf({ of, name }: LogSubscription, logEvents: LogEvent[]): Buffer {
  const data = {
    messageType: 'DATA_MESSAGE',
    owner: LOCAL_ACCOUNT.accountId,
    logGroup: logGroupOf(of),
    logStream: 'local',
    subscriptionFilters: [name],
    logEvents,
  };
  return Buffer.from(JSON.stringify({ awslogs: { data: gzipSync(JSON.stringify(data)).toString('base64') } }));
}

/** A function's log group is called after it. */
export function logGroupOf(functionName: string): string {
  return `/aws/lambda/${functionName}`;
}

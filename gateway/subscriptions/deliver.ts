import type { ClientConnections, PostOutcome } from './client-connections.ts';
import { type ConnectionEnd, TOKEN_EXPIRED } from './connection-end.ts';
import type { ConnectionStore } from './connection-store.ts';
import type { Delivery } from './delivery-queue.ts';
import { type Group, groupsOf, isNews } from './grouping.ts';
import { hasExpired, type Subscriber } from './items.ts';
import { Limiter } from './limiter.ts';
import { type Outcome, outcomeOf, payloadText } from './results.ts';
import type { RunStep } from './start.ts';
import { parametersOf } from './stored-parameters.ts';
import type { SubscriptionStore } from './subscription-store.ts';

export interface DeliveryServices {
  connections: ConnectionStore;
  subscriptions: SubscriptionStore;
  clients: ClientConnections;
  end: ConnectionEnd;
  runStep: RunStep;
  /** Maximum bytes of a message. */
  messageBytes: number;
  now: () => number;
}

/** Circumstances of one attempt at a delivery. */
export interface Attempt {
  /** Number of attempts with this one. */
  number: number;
  /** Milliseconds until the function's timeout. */
  timeLeft: () => number;
}

/** What a delivery did. */
export interface DeliveryCounts {
  runs: number;
  posted: number;
  gone: number;
  failed: number;
}

/** Posts in flight. */
const POSTS = 100;
/** Runs of operations in flight. */
const RUNS = 20;
/** Milliseconds that a page may take; with less time left, the delivery is interrupted. */
const PAGE_MS = 10_000;
/** Milliseconds of a run. */
const RUN_MS = 8_000;
/** From this attempt on, unreachable connections are closed, so that they do not delay other subscribers. */
const LAST_ATTEMPT = 3;

/** The function ran out of time; the next attempt continues, and skips subscribers that have the event. */
export class Interrupted extends Error {
  override name = 'Interrupted';
}

/** Some posts failed; the next attempt repeats them. */
class PostsFailed extends Error {
  override name = 'PostsFailed';
}

/** Delivers an event to the subscribers of a topic, page by page. Throws Interrupted, PostsFailed or RunFailed. */
export async function deliver(
  delivery: Delivery,
  services: DeliveryServices,
  attempt: Attempt,
): Promise<DeliveryCounts> {
  const work = new DeliveryWork(delivery, services, attempt);
  for await (const page of services.subscriptions.pages(delivery)) {
    if (attempt.timeLeft() < PAGE_MS) throw new Interrupted(`${work.counts.posted} messages posted`);
    await work.deliverTo(page);
  }
  if (work.counts.failed > 0) throw new PostsFailed(`${work.counts.failed} posts failed`);
  return work.counts;
}

class DeliveryWork {
  readonly counts: DeliveryCounts = { runs: 0, posted: 0, gone: 0, failed: 0 };
  readonly #delivery: Delivery;
  readonly #services: DeliveryServices;
  readonly #attempt: Attempt;
  readonly #runs = new Limiter(RUNS);
  readonly #posts = new Limiter(POSTS);
  /** Outcomes of shared groups, which occur on every page. */
  readonly #shared = new Map<string, Promise<PreparedOutcome>>();

  constructor(delivery: Delivery, services: DeliveryServices, attempt: Attempt) {
    this.#delivery = delivery;
    this.#services = services;
    this.#attempt = attempt;
  }

  /** Runs each group's operation once, and posts to its subscribers as soon as it has a result. */
  async deliverTo(page: Subscriber[]): Promise<void> {
    const time = this.#services.now();
    const news = page.filter((subscriber) => isNews(this.#delivery.event, subscriber));
    const expired = news.filter((subscriber) => hasExpired(subscriber, time));
    const current = news.filter((subscriber) => !hasExpired(subscriber, time));
    const groups = new Limiter(Number.POSITIVE_INFINITY);
    await groups.each(groupsOf(current), async (group) => {
      const outcome = await this.#outcomeOf(group);
      await this.#posts.each(group.subscribers, (each) => this.#post(each, outcome));
    });
    await this.#posts.each(expired, (subscriber) => this.#expire(subscriber));
  }

  #outcomeOf(group: Group): Promise<PreparedOutcome> {
    const known = this.#shared.get(group.key);
    if (known) return known;
    const outcome = this.#runs.run(() => this.#run(group));
    if (group.first.isShared) this.#shared.set(group.key, outcome);
    return outcome;
  }

  async #run({ first, viewer }: Group): Promise<PreparedOutcome> {
    const { runStep, subscriptions, messageBytes } = this.#services;
    const { event } = this.#delivery;
    const parameters = await parametersOf(first.operation, subscriptions);
    if (!parameters) return { endsWith: [NOT_STORED] };
    this.counts.runs++;
    const result = await runStep({
      step: { kind: 'event', event },
      parameters,
      viewer,
      client: first.client,
      requestId: event.requestId,
      traceparent: event.traceparent,
      timeLeft: Math.min(RUN_MS, this.#attempt.timeLeft()),
    });
    const outcome = outcomeOf(result, event, this.#attempt.number >= LAST_ATTEMPT);
    return 'result' in outcome ? { payload: payloadText(outcome, messageBytes) } : outcome;
  }

  async #post(subscriber: Subscriber, outcome: PreparedOutcome): Promise<void> {
    const { clients, subscriptions } = this.#services;
    const { connectionId, id } = subscriber;
    const message = messageText(id, outcome);
    const posted = await clients.post(connectionId, message);
    this.counts[posted]++;
    if (posted !== 'posted') return this.#unreachable(subscriber, posted);
    if ('endsWith' in outcome) return this.#remove(subscriber);
    const { entityId, version } = this.#delivery.event;
    await subscriptions.setDelivered(this.#delivery, subscriber, { entityId, version });
  }

  /** Forgets a connection that has ended, and ends one that cannot be reached again and again. */
  async #unreachable({ connectionId }: Subscriber, outcome: PostOutcome): Promise<void> {
    const { end, clients } = this.#services;
    const isGivenUp = outcome === 'failed' && this.#attempt.number >= LAST_ATTEMPT;
    if (isGivenUp) {
      this.counts.failed--;
      await clients.end(connectionId);
    }
    if (isGivenUp || outcome === 'gone') await end.forget(connectionId);
  }

  async #expire(subscriber: Subscriber): Promise<void> {
    const { clients, end } = this.#services;
    const { connectionId, id } = subscriber;
    await this.#remove(subscriber);
    await clients.post(connectionId, { type: 'error', id, payload: [TOKEN_EXPIRED] });
    await end.expire(connectionId);
  }

  async #remove(subscriber: Subscriber): Promise<void> {
    const { connections, subscriptions, now } = this.#services;
    const { connectionId, id } = subscriber;
    await connections.complete(connectionId, id, now());
    await subscriptions.remove(this.#delivery, subscriber);
  }
}

const NOT_STORED = {
  message: 'The operation of this subscription is no longer stored. Subscribe again.',
  extensions: { code: 'OPERATION_EXPIRED' },
};

type PreparedOutcome = { payload: string } | Exclude<Outcome, { result: unknown }>;

function messageText(id: string, outcome: PreparedOutcome): string {
  const [type, payload] =
    'payload' in outcome ? ['next', outcome.payload] : ['error', JSON.stringify(outcome.endsWith)];
  return `{"id":${JSON.stringify(id)},"type":"${type}","payload":${payload}}`;
}

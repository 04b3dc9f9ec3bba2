import fc from 'fast-check';
import type { DomainEvent } from '#platform/events/domain-event.ts';
import { log } from '#platform/telemetry/log.ts';
import {
  bookingCancelled,
  bookingConfirmed,
  listingClosed,
  listingOffered,
  reviewWritten,
} from '../../sample/test/published-events.ts';
import { propertyOptions, timeLimit } from '../../test/long-runs.ts';
import { testTable } from '../../test/test-table.ts';
import { applyEvents } from './apply-events.ts';
import { addDays } from './calendar.ts';
import type { Fact, Figures } from './fact.ts';
import { ProjectionStore } from './projection-store.ts';

const DELIVERED_AT_ONCE = 4;
const HOSTS = ['h0', 'h1'];
const GUESTS = ['g0', 'g1'];
const LISTINGS = ['l0', 'l1', 'l2'];

/** The events of one booking. */
const bookingHistory = fc
  .record({
    n: fc.nat(5),
    listing: fc.nat(2),
    guest: fc.nat(1),
    arrival: fc.nat(60),
    nights: fc.integer({ min: 1, max: 40 }),
    amount: fc.nat(1_000_000),
    bookedOn: fc.nat(30),
    end: fc.constantFrom('confirmed', 'cancelled', 'never confirmed'),
  })
  .map(({ n, listing, guest, arrival, nights, amount, bookedOn, end }) => {
    const checkIn = addDays('2026-05-01', arrival);
    const facts = {
      bookingId: `b${n}`,
      listingId: LISTINGS[listing] ?? '',
      hostId: HOSTS[listing % 2] ?? '',
      guestId: GUESTS[guest] ?? '',
      checkIn,
      checkOut: addDays(checkIn, nights),
      nights,
      total: { amount, currency: 'USD' },
    };
    const time = `${addDays('2026-04-01', bookedOn)}T12:00:00Z`;
    if (end === 'never confirmed') return [bookingCancelled(facts, { version: 2 })];
    const confirmed = bookingConfirmed(facts, { time });
    return end === 'confirmed' ? [confirmed] : [confirmed, bookingCancelled(facts)];
  });

const listingHistory = fc.record({ listing: fc.nat(2), closes: fc.boolean() }).map(({ listing, closes }) => {
  const facts = { listingId: LISTINGS[listing] ?? '', hostId: HOSTS[listing % 2] ?? '' };
  return closes ? [listingOffered(facts), listingClosed(facts)] : [listingOffered(facts)];
});

const reviewHistory = fc
  .record({ n: fc.nat(3), rating: fc.integer({ min: 1, max: 5 }) })
  .map(({ n, rating }) => [reviewWritten({ reviewId: `r${n}`, rating })]);

/** Events of several entities, with one history per entity. */
const histories = fc
  .uniqueArray(fc.oneof(bookingHistory, listingHistory, reviewHistory), {
    minLength: 1,
    maxLength: 8,
    selector: ([first]) => first?.entityId,
  })
  .map((all) => all.flat());

/** Events with duplicates, out of order. */
const deliveries = histories.chain((events) =>
  fc
    .subarray(events)
    .chain((again) => fc.shuffledSubarray([...events, ...again], { minLength: events.length + again.length }))
    .map((delivered) => ({ events, delivered })),
);

test(
  'duplicated and out-of-order events give the expected totals',
  async () => {
    const { client, name } = await testTable('analytics');
    let run = 0;
    await fc.assert(
      fc.asyncProperty(deliveries, async ({ events, delivered }) => {
        const store = new ProjectionStore(client, name);
        const ownIds = inRun(`run${run++}-`);
        await deliver(delivered.map(ownIds), store);
        const facts = await factsOf(events.map(ownIds));
        const ids = [...new Set(facts.flatMap(({ adds }) => adds.map(({ id }) => id)))];
        const stored = new Map((await store.totals(ids)).map(({ id, figures }) => [id, withoutZeros(figures)]));
        expect(Object.fromEntries(ids.map((id) => [id, stored.get(id) ?? {}]))).toEqual(expectedTotals(facts, ids));
      }),
      propertyOptions(25, 500),
    );
  },
  timeLimit(60_000),
);

/** Calculates the totals of each entity's last version, without a table. */
function expectedTotals(facts: Fact[], ids: string[]): Record<string, Figures> {
  const inOrder = facts.toSorted((a, b) => a.version - b.version);
  const last = [...new Map(inOrder.map((fact) => [fact.id, fact])).values()];
  const totalOf = (id: string) => {
    const total: Figures = {};
    for (const part of last.flatMap(({ adds }) => adds.filter((each) => each.id === id)))
      for (const [name, figure] of Object.entries(part.figures)) total[name] = (total[name] ?? 0) + figure;
    return withoutZeros(total);
  };
  return Object.fromEntries(ids.map((id) => [id, totalOf(id)]));
}

async function deliver(events: DomainEvent[], store: Pick<ProjectionStore, 'apply'>): Promise<void> {
  const bySource = new Map(applyEvents(store).map((subscription) => [subscription.source, subscription]));
  for (let i = 0; i < events.length; i += DELIVERED_AT_ONCE) {
    const together = events.slice(i, i + DELIVERED_AT_ONCE);
    await Promise.all(together.map((event) => bySource.get(event.source)?.handle(event, log)));
  }
}

/** Returns the facts of events. */
async function factsOf(events: DomainEvent[]): Promise<Fact[]> {
  const facts: Fact[] = [];
  await deliver(events, { apply: async (some) => void facts.push(...some) });
  return facts;
}

/** Prefixes an event's ids, so that all runs share one table. */
function inRun(prefix: string): (event: DomainEvent) => DomainEvent {
  return (event) => {
    const json = JSON.stringify(event.data).replaceAll(/"(id|\w+Id)":"/g, `"$1":"${prefix}`);
    return { ...event, entityId: prefix + event.entityId, data: JSON.parse(json) };
  };
}

function withoutZeros(figures: Figures): Figures {
  return Object.fromEntries(Object.entries(figures).filter(([, figure]) => figure !== 0));
}

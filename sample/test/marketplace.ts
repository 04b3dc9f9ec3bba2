import { randomUUID } from 'node:crypto';
import { eventually } from '../../test/eventually.ts';
import type { TestSystem } from '../../test/system.ts';

const DAY_MS = 86_400_000;

/** Returns the day that is `fromToday` days from today. */
export function day(fromToday: number): string {
  return new Date(Date.now() + fromToday * DAY_MS).toISOString().slice(0, 10);
}

/** Input of a new listing. */
const LISTING = {
  title: 'Quiet loft',
  description: 'By the park.',
  roomType: 'ENTIRE_HOME',
  borough: 'Queens',
  neighbourhood: 'Astoria',
  location: { latitude: 40.77, longitude: -73.93 },
  nightlyPrice: { amount: 10_000 },
};

/** Runs users' operations in the marketplace, each with a token. */
export class Marketplace {
  readonly #system: TestSystem;

  constructor(system: TestSystem) {
    this.#system = system;
  }

  /** Sends an operation that must have no errors, and returns its data. */
  // biome-ignore lint/suspicious/noExplicitAny: each test knows the shape of its response
  ask(query: string, variables: Record<string, unknown> = {}, token?: string): Promise<any> {
    return this.#system.ask(query, variables, token);
  }

  /** Creates a listing for $100 a night, and waits until it can be booked. */
  async createListing(token: string): Promise<string> {
    const create = 'mutation ($input: CreateListingInput!) { createListing(input: $input) { ... on Listing { id } } }';
    const { id } = (await this.ask(create, { input: LISTING }, token)).createListing;
    await this.waitUntilBookable(id);
    return id;
  }

  /** Waits until the bookings service has received a listing. */
  async waitUntilBookable(id: string): Promise<void> {
    const query =
      'query ($id: ID!, $from: Date!, $to: Date!) { listing(id: $id) { isAvailable(checkIn: $from, checkOut: $to) } }';
    await eventually(async () => {
      const { listing } = await this.ask(query, { id, from: day(200), to: day(201) });
      expect(listing).toEqual({ isAvailable: true });
    });
  }

  async addFunds(amount: number, token: string): Promise<void> {
    const add = `mutation ($input: AddFundsInput!) { addFunds(input: $input) { __typename } }`;
    const input = { amount: { amount }, idempotencyKey: randomUUID() };
    expect(await this.ask(add, { input }, token)).toEqual({ addFunds: { __typename: 'Wallet' } });
  }

  async balance(token: string): Promise<number> {
    return (await this.ask('{ wallet { balance { amount } } }', {}, token)).wallet.balance.amount;
  }

  /** Books a stay, in days from today, and returns the booking's id. */
  async book(listingId: string, checkIn: number, checkOut: number, token: string): Promise<string> {
    const book = `mutation ($input: BookStayInput!) { bookStay(input: $input) { __typename ... on Booking { id } ... on Failure { message } } }`;
    const input = { listingId, checkIn: day(checkIn), checkOut: day(checkOut), idempotencyKey: randomUUID() };
    const { bookStay } = await this.ask(book, { input }, token);
    expect(bookStay).toMatchObject({ __typename: 'Booking' });
    return bookStay.id;
  }

  async cancel(id: string, token: string): Promise<void> {
    const cancel = 'mutation ($id: ID!) { cancelBooking(id: $id) { __typename } }';
    expect(await this.ask(cancel, { id }, token)).toEqual({ cancelBooking: { __typename: 'Booking' } });
  }

  async statusOf(id: string, token: string): Promise<string> {
    return (await this.ask('query ($id: ID!) { booking(id: $id) { status } }', { id }, token)).booking.status;
  }

  /** Waits until a booking has a status. */
  async waitForStatus(id: string, status: string, token: string): Promise<void> {
    await eventually(async () => expect(await this.statusOf(id, token)).toBe(status));
  }
}

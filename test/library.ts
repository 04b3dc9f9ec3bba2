import { randomUUID } from 'node:crypto';
import { LIBRARY } from '../build/discover.ts';
import { eventually } from './eventually.ts';
import { TestSystem } from './system.ts';

/** Prefix of the library's functions and tables in the stage `dev`. */
export const PREFIX = 'library-dev-';

/** Valid input of `offerBook`. */
export const BOOK = {
  title: 'The Waves',
  author: 'Virginia Woolf',
  pages: 324,
  publishedIn: 1931,
  summary: 'Six voices by the sea.',
  genre: 'novel',
};

export const OFFER = `mutation ($input: OfferBookInput!) { offerBook(input: $input) { __typename ... on Book { id } } }`;

/** Running library with the operations of its members, each of which takes a token. */
export class Library {
  readonly system: TestSystem;

  private constructor(system: TestSystem) {
    this.system = system;
  }

  /** Starts the library without data. */
  static async start(options: Parameters<typeof TestSystem.start>[0] = {}): Promise<Library> {
    return new Library(await TestSystem.start({ root: LIBRARY, seeded: false, ...options }));
  }

  /** Offers a book and waits until it can be borrowed; returns its id. */
  async offer(token: string, terms: Partial<typeof BOOK> = {}): Promise<string> {
    const { id } = (await this.system.ask(OFFER, { input: { ...BOOK, ...terms } }, token)).offerBook;
    await this.becomesAvailable(id);
    return id;
  }

  /** Waits until the service `loans` has a book's availability from its events. */
  async becomesAvailable(id: string, isAvailable = true): Promise<void> {
    const query = 'query ($id: ID!) { book(id: $id) { isAvailable } }';
    await eventually(async () => expect(await this.system.ask(query, { id })).toEqual({ book: { isAvailable } }));
  }

  /** Borrows a book; returns the result of the mutation. */
  async borrow(bookId: string, token: string, idempotencyKey: string = randomUUID()) {
    const borrow = `mutation ($input: BorrowBookInput!) {
      borrowBook(input: $input) { __typename ... on Loan { id status } ... on Failure { message } }
    }`;
    return (await this.system.ask(borrow, { input: { bookId, idempotencyKey } }, token)).borrowBook;
  }

  get url(): string {
    return this.system.system.url;
  }

  close(): Promise<void> {
    return this.system.close();
  }
}

import { randomUUID } from 'node:crypto';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { outputsOf } from '../../build/build.ts';
import { LIBRARY } from '../../build/discover.ts';
import { LocalSystem } from '../../local/system.ts';
import type { Children } from '../child.ts';

const ENTRIES_PER_CALL = 10;
const CONCURRENT = 8;
const INPUT = {
  title: 'The Waves',
  author: 'Virginia Woolf',
  pages: 324,
  publishedIn: 1931,
  summary: 'Six voices by the sea.',
  genre: 'novel',
};
const OFFER = 'mutation ($input: OfferBookInput!) { offerBook(input: $input) { ... on Book { id } } }';
const TAKE_BACK = 'mutation ($id: ID!) { takeBackBook(id: $id) { __typename } }';

/** The library in the local run, with its functions as deployed. */
export class LibrarySystem {
  readonly data: string;
  readonly #system: LocalSystem;
  readonly #bus: EventBridgeClient;
  readonly #token: string;

  private constructor(system: LocalSystem, data: string, token: string) {
    this.#system = system;
    this.data = data;
    this.#token = token;
    this.#bus = new EventBridgeClient(system.awsAccess);
  }

  static async start(children: Children): Promise<LibrarySystem> {
    const data = realpathSync(mkdtempSync(join(tmpdir(), 'bench-')));
    const system = await LocalSystem.start({ ...outputsOf(LIBRARY), data, port: 0, onLog: () => {} });
    children.adopt(async () => {
      await system.close();
      rmSync(data, { recursive: true, force: true });
    });
    const { token } = await post<{ token: string }>(`${system.url}/identity/token`, { email: 'owner@library.example' });
    return new LibrarySystem(system, data, token);
  }

  get webSocketUrl(): string {
    return this.#system.webSocketUrl ?? '';
  }

  /** Offers books; returns their ids. */
  async offerBooks(count: number): Promise<string[]> {
    const ids: string[] = [];
    while (ids.length < count) {
      const chunk = Array.from({ length: Math.min(CONCURRENT, count - ids.length) });
      ids.push(...(await Promise.all(chunk.map(() => this.#offer()))));
    }
    return ids;
  }

  /** Takes a book back, which is its second version. */
  async takeBack(id: string): Promise<void> {
    await this.#ask(TAKE_BACK, { id });
  }

  /** Puts an event of each book on the bus, as its publisher does; returns when that of each was sent. */
  async publish(bookIds: string[], version: number): Promise<Map<string, number>> {
    const sentAt = new Map<string, number>();
    for (let at = 0; at < bookIds.length; at += ENTRIES_PER_CALL) {
      const chunk = bookIds.slice(at, at + ENTRIES_PER_CALL);
      for (const id of chunk) sentAt.set(id, performance.now());
      const Entries = chunk.map((id) => this.#entry(id, version));
      const { FailedEntryCount } = await this.#bus.send(new PutEventsCommand({ Entries }));
      if (FailedEntryCount) throw new Error(`The bus refused ${FailedEntryCount} events`);
    }
    return sentAt;
  }

  #entry(bookId: string, version: number) {
    const [source, type] = ['books', 'BookOffered'];
    const data = { bookId, ownerId: 'owner', title: INPUT.title, pages: INPUT.pages, isOffered: true };
    const facts = { id: randomUUID(), entityId: bookId, version, time: new Date().toISOString(), requestId: 'bench' };
    return {
      EventBusName: this.#system.model.buses[0]?.name,
      Source: source,
      DetailType: type,
      Detail: JSON.stringify({ ...facts, source, type, data }),
    };
  }

  async #offer(): Promise<string> {
    const { offerBook } = await this.#ask<{ offerBook: { id: string } }>(OFFER, { input: INPUT });
    return offerBook.id;
  }

  async #ask<Data>(query: string, variables: object): Promise<Data> {
    const headers = { authorization: `Bearer ${this.#token}` };
    const answer = await post<{ data?: Data; errors?: object[] }>(
      `${this.#system.url}/graphql`,
      { query, variables },
      headers,
    );
    if (!answer.data || answer.errors) throw new Error(`The library failed: ${JSON.stringify(answer)}`);
    return answer.data;
  }
}

async function post<Answer>(url: string, body: object, headers: Record<string, string> = {}): Promise<Answer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  return (await response.json()) as Answer;
}

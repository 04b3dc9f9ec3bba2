import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page, Request } from 'playwright-core';
import { ROOT } from '../../build/discover.ts';
import { manifestPath } from '../../build/operations/register.ts';
import { startBrowser } from '../../test/browser.ts';
import { TestSystem } from '../../test/system.ts';

// Each test loads several pages.
jest.setTimeout(60_000);

let system: TestSystem;
let browser: Browser;
let page: Page;
/** What no test may see: requests to elsewhere, and what the browser complains of. */
let faults: string[] = [];

beforeAll(async () => {
  browser = await startBrowser();
  system = await TestSystem.start();
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await system?.close();
});

beforeEach(async () => {
  faults = [];
  page = await browser.newPage();
  page.on('request', (request) => isElsewhere(request) && faults.push(`request to ${request.url()}`));
  page.on('pageerror', ({ message }) => faults.push(message));
  page.on('console', (message) => /Content Security Policy/.test(message.text()) && faults.push(message.text()));
});

afterEach(async () => {
  await page?.close();
  expect(faults).toEqual([]);
});

function isElsewhere(request: Request): boolean {
  return !request.url().startsWith(`${system.system.url}/`) && !request.url().startsWith('data:');
}

const open = (path = '/') => page.goto(`${system.system.url}/app${path}`);
const stays = () => page.getByRole('article');
const reviews = () => page.getByRole('region', { name: 'Reviews' }).getByRole('listitem');
const button = (name: string) => page.getByRole('button', { name, exact: true });
const heading = (name: string | RegExp) => page.getByRole('heading', { name });

/** Waits until a text is there to be read. */
const reads = (text: string | RegExp) => page.getByText(text).first().waitFor();

/** Waits until so many stays are shown. */
async function shows(count: number): Promise<void> {
  await page.getByText(`${count} stays shown`).waitFor({ state: 'attached' });
  expect(await stays().count()).toBe(count);
}

async function signIn(email: string): Promise<void> {
  await button('Sign in').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('E-mail address').fill(email);
  await dialog.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: 'Sign out' }).waitFor();
}

/** A day so many from now, ISO 8601. */
function dayAhead(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}

/** A seeded stay with more reviews than are shown at first, which takes guests for a few nights. */
async function reviewedStay() {
  const { data } = await system.query(
    '{ listings(first: 100) { edges { node { slug title reviewCount minimumNights host { name } } } } }',
  );
  const nodes: { slug: string; title: string; reviewCount: number; minimumNights: number; host: { name: string } }[] =
    data.listings.edges.map(({ node }: { node: unknown }) => node);
  const stay = nodes.find(({ reviewCount, minimumNights }) => reviewCount >= 3 && minimumNights <= 4);
  if (!stay) throw new Error('no stay with three reviews');
  return stay;
}

/** Runs with a service that cannot start. */
async function without(service: string, run: () => Promise<void>): Promise<void> {
  const definition = system.system.model.functions.find(({ name }) => name.endsWith(`-${service}`));
  if (!definition) throw new Error(`no function of ${service}`);
  system.system.lambda.put({ ...definition, environment: {} });
  await run().finally(() => system.system.lambda.put(definition));
}

describe('a search', () => {
  test('shows stays, and more of them page by page', async () => {
    await open();
    await shows(24);
    await button('Show more stays').click();
    await shows(48);
    const links = await stays()
      .getByRole('link')
      .evaluateAll((all) => all.map((link) => link.getAttribute('href')));
    expect(new Set(links).size).toBe(48);
  });

  test('is narrowed and ordered, and its address is the search', async () => {
    await open();
    await page.getByLabel('Borough').selectOption('Queens');
    await page.getByLabel('Order').selectOption('Lowest price first');
    await page.getByLabel('To $ a night').fill('60');
    await page.getByLabel('To $ a night').press('Enter');
    await page.waitForURL(/borough=Queens/);
    await page.waitForURL(/to=60/);
    await page.reload();
    await stays().first().waitFor();
    const texts = await stays().allInnerTexts();
    const prices = texts.map((text) => Number(/\$(\d+)/.exec(text)?.[1]));
    expect(texts.every((text) => text.includes('Queens'))).toBe(true);
    expect(prices).toEqual([...prices].sort((a, b) => a - b));
    expect(prices.at(-1)).toBeLessThanOrEqual(60);
  });

  test('that finds nothing says so', async () => {
    await open('/?to=1');
    await reads('No stay fits.');
  });

  test('leads to a stay and back by keyboard alone, on a phone too', async () => {
    await page.setViewportSize({ width: 360, height: 740 });
    await open();
    const first = stays().first().getByRole('link');
    const title = (await first.textContent()) ?? '';
    while (!(await first.evaluate((link) => link === document.activeElement))) await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await heading(title).waitFor();
    expect(await heading(title).evaluate((element) => element === document.activeElement)).toBe(true);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
    await page.goBack();
    await heading('Find a place to stay').waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  });
});

describe('a stay', () => {
  test('shows its host, its rating and its reviews, the later ones on demand', async () => {
    const { slug, title, reviewCount, host } = await reviewedStay();
    await open(`/stays/${slug}`);
    await heading(title).waitFor();
    await heading(`Hosted by ${host.name}`).waitFor();
    await reads(new RegExp(`Rated \\d\\.\\d of 5 by ${reviewCount} guests`));
    expect(await reviews().count()).toBe(2);
    await button('Show more reviews').click();
    await reviews()
      .nth(reviewCount - 1)
      .waitFor();
    expect(await reviews().count()).toBe(reviewCount);
  });

  test('is booked and paid, once for the same nights', async () => {
    const { data } = await system.query(
      '{ listings(filter: { minPrice: 5000, maxPrice: 9000 }, first: 50) { edges { node { slug minimumNights } } } }',
    );
    const found: { node: { slug: string; minimumNights: number } }[] = data.listings.edges;
    const slug = found.find(({ node }) => node.minimumNights <= 3)?.node.slug;
    const book = async (email: string) => {
      await open(`/stays/${slug}`);
      await signIn(email);
      await page.getByLabel('Arrival').fill(dayAhead(200));
      await page.getByLabel('Departure').fill(dayAhead(203));
      await reads('3 nights:');
      await button('Book').click();
    };
    await book('ada@example.com');
    await reads('Booked and paid.');
    await button('Sign out').click();
    await book('bob@example.com');
    await reads('not free');
    await page.getByRole('alert').waitFor();
    expect(await page.getByText('Booked and paid.').count()).toBe(0);
  });

  test('that does not exist is named, and so is a page', async () => {
    await open('/stays/no-such-stay-1');
    await heading('There is no such stay').waitFor();
    await open('/nothing');
    await heading('There is no such page').waitFor();
  });
});

describe('a viewer', () => {
  test('signs in, stays signed in after a reload, and signs out', async () => {
    await open();
    await button('Sign in').click();
    await button('Ada Moreau').click();
    await page.getByRole('link', { name: 'Ada Moreau' }).waitFor();
    await page.reload();
    await page.getByRole('link', { name: 'Ada Moreau' }).waitFor();
    await button('Sign out').click();
    await button('Sign in').waitFor();
    expect(await page.getByRole('link', { name: 'Ada Moreau' }).count()).toBe(0);
  });

  test('changes their profile, and is told which field breaks a rule', async () => {
    await open('/profile');
    await reads('Sign in to see your profile.');
    await signIn('zoe@example.com');
    await page.getByLabel('Name').fill(' ');
    await button('Save').click();
    await reads('A name has 1 to 100 characters.');
    expect(await page.getByLabel('Name').getAttribute('aria-invalid')).toBe('true');
    await page.getByLabel('Name').fill('Zoe Zimmer');
    await button('Save').click();
    await reads('Saved.');
    await page.getByRole('link', { name: 'Zoe Zimmer' }).waitFor();
  });

  test('whose token is no longer good is told so, and reads on as a visitor', async () => {
    await open();
    await page.evaluate(() => sessionStorage.setItem('session', '{"token":"a.b.c","email":"ada@example.com"}'));
    await page.reload();
    await reads('Your sign-in has ended. Sign in again to go on.');
    await shows(24);
  });

  test('is told why signing in does not work', async () => {
    await page.route('**/identity/token', (route) => route.abort());
    await open();
    await button('Sign in').click();
    await button('Bob Okafor').click();
    await reads('Signing in does not work right now.');
  });
});

describe('a failure', () => {
  test('of reviews takes reviews and ratings alone, until it is over', async () => {
    const { slug, title, reviewCount } = await reviewedStay();
    await without('reviews', async () => {
      await open();
      await shows(24);
      await reads('Rating not available');
      await open(`/stays/${slug}`);
      await heading(title).waitFor();
      await heading(/^Hosted by/).waitFor();
      await reads('Reviews cannot be shown right now.');
      await reads('A part of this page cannot be loaded right now.');
    });
    await button('Try again').click();
    await reads(new RegExp(`Rated \\d\\.\\d of 5 by ${reviewCount} guests`));
    await page.getByRole('alert').waitFor({ state: 'detached' });
  });

  test('of accounts takes the names alone', async () => {
    const { slug, title } = await reviewedStay();
    await without('accounts', async () => {
      await open(`/stays/${slug}`);
      await heading(title).waitFor();
      await reads('Who the host is cannot be shown right now.');
      await reads(/^A guest, /);
    });
  });

  test('of the network is told in words, and trying again helps', async () => {
    await page.route('**/graphql', (route) => route.abort());
    await open();
    await reads('The service cannot be reached. Check your connection and try again.');
    await page.unroute('**/graphql');
    await button('Try again').click();
    await shows(24);
  });
});

describe('each request', () => {
  const manifest: { operations: { id: string; name: string }[] } = JSON.parse(
    readFileSync(join(ROOT, manifestPath('web')), 'utf8'),
  );
  const ids = new Map(manifest.operations.map(({ name, id }) => [name, id]));

  test('carries the registered id, and to a gateway that does not know it the text that the id is the hash of', async () => {
    const sent: { id: unknown; name: string; text?: string }[] = [];
    await page.route('**/graphql', (route) => {
      const { operationName: name, query: text, extensions } = route.request().postDataJSON();
      sent.push({ id: extensions.persistedQuery.sha256Hash, name, text });
      const error = { message: 'PersistedQueryNotFound', extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } };
      return text ? route.continue() : route.fulfill({ json: { errors: [error] } });
    });
    const { slug, title } = await reviewedStay();
    await open();
    await shows(24);
    await open(`/stays/${slug}`);
    await heading(title).waitFor();
    await button('Show more reviews').click();
    await reviews().nth(2).waitFor();
    await open('/profile');
    await signIn('zoe@example.com');
    await button('Save').click();
    await reads('Saved.');
    await open(`/stays/${slug}`);
    await page.getByLabel('Arrival').fill(dayAhead(300));
    await page.getByLabel('Departure').fill(dayAhead(304));
    await reads('4 nights:');
    await button('Book').click();
    await reads('Your wallet does not hold the price of the stay.');
    expect(new Set(sent.map(({ name }) => name))).toEqual(new Set(ids.keys()));
    for (const { id, name, text } of sent) {
      expect([name, id]).toEqual([name, ids.get(name)]);
      if (text) expect(createHash('sha256').update(text).digest('hex')).toBe(id);
    }
    expect(new Set(sent.filter(({ text }) => text).map(({ name }) => name))).toEqual(new Set(ids.keys()));
  });
});

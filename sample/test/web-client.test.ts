import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Locator, Page, Request } from 'playwright-core';
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

  test('with prices that cannot be is told so beside the field, once, and keeps the focus there', async () => {
    await open();
    await page.getByLabel('From $ a night').fill('90');
    await page.getByLabel('To $ a night').fill('cheap');
    await button('Search').click();
    await reads('Write whole dollars, such as 80.');
    expect(await hasFocus(page.getByLabel('To $ a night'))).toBe(true);
    await page.getByLabel('To $ a night').fill('60');
    await page.keyboard.press('Enter');
    await reads('This is less than the lowest price.');
    await page.getByLabel('To $ a night').fill('200');
    await page.keyboard.press('Enter');
    await page.waitForURL(/from=90&to=200/);
    expect(await page.locator('[aria-invalid="true"]').count()).toBe(0);
    await page.getByLabel('Borough').focus();
    await page.getByLabel('Borough').selectOption('Queens');
    await page.waitForURL(/borough=Queens/);
    expect(await hasFocus(page.getByLabel('Borough'))).toBe(true);
    await page.goBack();
    await page.waitForURL((url) => !url.searchParams.has('borough'));
    await page.locator('select[name="borough"] option[value=""]:checked').waitFor({ state: 'attached' });
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

/** Presses a key until a control has the focus: what cannot be reached so, cannot be used without a mouse. */
async function reach(control: Locator, key = 'Tab'): Promise<void> {
  await control.waitFor();
  for (let i = 0; i < 60; i++) {
    if (await control.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${control} is not reached by ${key}`);
}

const hasFocus = (control: Locator) => control.evaluate((element) => element === document.activeElement);
const region = (name: string) => page.getByRole('region', { name });

describe('a guest', () => {
  test('cancels a stay by keyboard alone, after a second thought', async () => {
    await open();
    await signIn('bob@example.com');
    await reach(page.getByRole('link', { name: 'My stays' }), 'Shift+Tab');
    await page.keyboard.press('Enter');
    await heading('My stays').waitFor();
    const stay = region('To come').getByRole('article').first();
    const cancel = stay.getByRole('button', { name: /^Cancel/ });
    await reach(cancel);
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'Cancel this stay?' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await hasFocus(cancel)).toBe(true);
    await page.keyboard.press('Enter');
    await reach(button('Cancel the stay'));
    await page.keyboard.press('Enter');
    await stay.getByText('Cancelled', { exact: true }).waitFor();
    expect(await cancel.count()).toBe(0);
    await page.reload();
    await region('To come').getByRole('article').first().waitFor();
    expect(await page.getByText('Cancelled', { exact: true }).count()).toBe(0);
  });

  test('reviews a stay that is over, and is told beside each field what is missing', async () => {
    await open('/my-stays');
    await reads('Sign in to see your stays.');
    await signIn('ada@example.com');
    const stay = region('Over').getByRole('article').first();
    await stay.getByRole('button', { name: 'Review the host' }).click();
    const dialog = page.getByRole('dialog', { name: 'Review the host' });
    await dialog.getByRole('button', { name: 'Send' }).click();
    await dialog.getByText('Choose one of the five.').waitFor();
    expect(await dialog.getByText('Write a word or two for the guests after you.').count()).toBe(1);
    expect(await hasFocus(dialog.getByRole('radio').first())).toBe(true);
    await page.keyboard.press('ArrowLeft');
    expect(await dialog.getByRole('radio', { name: '5 Excellent' }).isChecked()).toBe(true);
    await page.keyboard.press('Tab');
    await page.keyboard.type('Warm, and out of the way.');
    await dialog.getByRole('button', { name: 'Send' }).click();
    await stay.getByText('Warm, and out of the way.').waitFor();
    expect(await stay.getByRole('button', { name: 'Review the host' }).count()).toBe(0);
  });

  test('is told once, beside the day, why a stay cannot be', async () => {
    const { slug, minimumNights } = await reviewedStay();
    await open(`/stays/${slug}`);
    await signIn('ada@example.com');
    await button('Book').click();
    await reads('Choose the day of arrival.');
    expect(await hasFocus(page.getByLabel('Arrival'))).toBe(true);
    const cases: [checkIn: number, checkOut: number, problem: string][] = [
      [-2, 2, 'This day is over: choose a later one.'],
      [9, 8, 'You leave before you arrive: choose a later day.'],
      [9, 9 + minimumNights + 91, 'A stay has at most 90 nights.'],
      [800, 800 + minimumNights, 'A stay begins within the next two years.'],
    ];
    for (const [checkIn, checkOut, problem] of cases) {
      await page.getByLabel('Arrival').fill(dayAhead(checkIn));
      await page.getByLabel('Departure').fill(dayAhead(checkOut));
      await reads(problem);
      expect(await page.locator('[aria-invalid="true"]').count()).toBe(1);
      await button('Book').click();
      expect(await page.getByText(problem).count()).toBe(1);
      expect(await page.getByRole('alert').count()).toBe(0);
    }
  });
});

describe('a host', () => {
  test('sees figures, guests to come and listings', async () => {
    await open('/dashboard');
    await reads('Sign in as a host to see how your places do.');
    await signIn('host-2787@example.com');
    await reads('Stays booked');
    await region('Guests to come').getByText('Ada Moreau').waitFor();
    await region('Guests to come')
      .getByRole('button', { name: /^Cancel the stay of Ada Moreau/ })
      .waitFor();
    expect(await region('Month by month').getByRole('listitem').count()).toBe(6);
    expect(await region('Your listings').getByRole('link').count()).toBeGreaterThan(0);
  });

  test('is whom the dashboard is for', async () => {
    await open('/dashboard');
    await signIn('ada@example.com');
    await reads('This page is for hosts. You are signed in as a guest.');
    expect(await page.getByRole('alert').count()).toBe(0);
  });
});

test('every page fits a phone', async () => {
  await page.setViewportSize({ width: 390, height: 844 });
  const { slug } = await reviewedStay();
  const fits = async (path: string, title: string | RegExp) => {
    await open(path);
    await heading(title).waitFor();
    await page.getByRole('button', { name: 'Sign out' }).waitFor();
    expect([path, await page.evaluate(() => document.documentElement.scrollWidth)]).toEqual([path, 390]);
  };
  await open();
  await signIn('host-2787@example.com');
  await fits('/dashboard', 'Your listings');
  await fits(`/stays/${slug}`, 'Reviews');
  await button('Sign out').click();
  await signIn('ada@example.com');
  await fits('/my-stays', 'Over');
  await fits('/profile', 'Your profile');
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
    await reads('A name must have 1 to 100 characters.');
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

  test('is told beside the field that an address is none', async () => {
    await open();
    await button('Sign in').click();
    const dialog = page.getByRole('dialog', { name: 'Sign in' });
    await dialog.getByLabel('E-mail address').fill('ada');
    await page.keyboard.press('Enter');
    await dialog.getByText('Write an e-mail address, such as ada@example.com.').waitFor();
    expect(await hasFocus(dialog.getByLabel('E-mail address'))).toBe(true);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(await hasFocus(button('Sign in'))).toBe(true);
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
    await button('Sign out').click();
    await signIn('ada@example.com');
    await page.getByRole('link', { name: 'My stays' }).click();
    const dialog = page.getByRole('dialog');
    await region('Over').getByRole('button', { name: 'Review the place' }).last().click();
    await dialog.getByRole('radio', { name: '4 Good' }).check();
    await dialog.getByLabel('What was it like?').fill('Quiet.');
    await dialog.getByRole('button', { name: 'Send' }).click();
    await reads('Your review of the place:');
    await region('To come')
      .getByRole('button', { name: /^Cancel/ })
      .last()
      .click();
    await button('Cancel the stay').click();
    await region('To come').getByText('Cancelled', { exact: true }).waitFor();
    await button('Sign out').click();
    await signIn('host-2787@example.com');
    await page.getByRole('link', { name: 'Dashboard', exact: true }).click();
    await reads('Stays booked');
    expect(new Set(sent.map(({ name }) => name))).toEqual(new Set(ids.keys()));
    for (const { id, name, text } of sent) {
      expect([name, id]).toEqual([name, ids.get(name)]);
      if (text) expect(createHash('sha256').update(text).digest('hex')).toBe(id);
    }
    expect(new Set(sent.filter(({ text }) => text).map(({ name }) => name))).toEqual(new Set(ids.keys()));
  });
});

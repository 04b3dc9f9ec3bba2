import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Locator, Page, Request } from 'playwright-core';
import { ROOT } from '../../build/discover.ts';
import { manifestPath } from '../../build/operations/register.ts';
import { startBrowser } from '../../test/browser.ts';
import { eventually } from '../../test/eventually.ts';
import { TestSystem } from '../../test/system.ts';

// Each test loads several pages.
jest.setTimeout(60_000);

let system: TestSystem;
let browser: Browser;
let page: Page;
/** Requests to other origins, and browser errors. No test may have any. */
let violations: string[] = [];

beforeAll(async () => {
  [browser, system] = await Promise.all([startBrowser(), TestSystem.start()]);
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await system?.close();
});

beforeEach(async () => {
  violations = [];
  page = await browser.newPage();
  page.on('request', (request) => isCrossOrigin(request) && violations.push(`request to ${request.url()}`));
  page.on('pageerror', ({ message }) => violations.push(message));
  page.on('console', (message) => /Content Security Policy/.test(message.text()) && violations.push(message.text()));
});

afterEach(async () => {
  await page?.close();
  expect(violations).toEqual([]);
});

function isCrossOrigin(request: Request): boolean {
  return !request.url().startsWith(`${system.system.url}/`) && !request.url().startsWith('data:');
}

const open = (path = '/') => page.goto(`${system.system.url}/app${path}`);
const stays = () => page.getByRole('article');
const reviews = () => page.getByRole('region', { name: 'Reviews' }).getByRole('listitem');
const button = (name: string) => page.getByRole('button', { name, exact: true });
const heading = (name: string | RegExp) => page.getByRole('heading', { name });

/** Waits until a text is visible. */
const waitForText = (text: string | RegExp) => page.getByText(text).first().waitFor();

/** Waits until the page shows a number of stays. */
async function waitForStays(count: number): Promise<void> {
  await page.getByText(`${count} stays shown`).waitFor({ state: 'attached' });
  expect(await stays().count()).toBe(count);
}

async function signIn(email: string): Promise<void> {
  await button('Sign in').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Email address').fill(email);
  await dialog.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: 'Sign out' }).waitFor();
}

/** Returns the day that is `days` from today, ISO 8601. */
function dayAhead(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}

/** Returns a seeded listing with more reviews than the first page, and a short minimum stay. */
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

/** Runs while a service is down. */
async function withServiceDown(service: string, run: () => Promise<void>): Promise<void> {
  const definition = system.system.model.functions.find(({ name }) => name.endsWith(`-${service}`));
  if (!definition) throw new Error(`no function of ${service}`);
  system.system.lambda.put({ ...definition, environment: {} });
  await run().finally(() => system.system.lambda.put(definition));
}

describe('a search', () => {
  test('shows stays page by page', async () => {
    await open();
    await waitForStays(24);
    await button('Show more stays').click();
    await waitForStays(48);
    const links = await stays()
      .getByRole('link')
      .evaluateAll((all) => all.map((link) => link.getAttribute('href')));
    expect(new Set(links).size).toBe(48);
  });

  test('can be filtered and sorted, and is stored in the URL', async () => {
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

  test('with invalid prices shows one error beside the field and focuses it', async () => {
    await open();
    await page.getByLabel('From $ a night').fill('90');
    await page.getByLabel('To $ a night').fill('cheap');
    await button('Search').click();
    await waitForText('Enter whole dollars, such as 80.');
    expect(await hasFocus(page.getByLabel('To $ a night'))).toBe(true);
    await page.getByLabel('To $ a night').fill('60');
    await page.keyboard.press('Enter');
    await waitForText('This is below the minimum price.');
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

  test('without results says so', async () => {
    await open('/?to=1');
    await waitForText('No stays match.');
  });

  test('can be used by keyboard only, on a phone', async () => {
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
  test('shows its host, rating and reviews, with more on demand', async () => {
    const { slug, title, reviewCount, host } = await reviewedStay();
    await open(`/stays/${slug}`);
    await heading(title).waitFor();
    await heading(`Hosted by ${host.name}`).waitFor();
    await waitForText(new RegExp(`Rated \\d\\.\\d of 5 by ${reviewCount} guests`));
    expect(await reviews().count()).toBe(2);
    await button('Show more reviews').click();
    await reviews()
      .nth(reviewCount - 1)
      .waitFor();
    expect(await reviews().count()).toBe(reviewCount);
  });

  test('is shown before its reviews arrive', async () => {
    const { slug, title } = await reviewedStay();
    const definition = system.system.model.functions.find(({ name }) => name.endsWith('-reviews'));
    // A new function starts cold, so the reviews arrive well after the listing.
    if (definition) system.system.lambda.put(definition);
    await open(`/stays/${slug}`);
    await waitForText('Loading the reviews…');
    expect(await heading(title).isVisible()).toBe(true);
    await reviews().first().waitFor();
    expect(await page.getByText('Loading the reviews…').count()).toBe(0);
  });

  test('is booked and paid once for the same nights', async () => {
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
      await waitForText('3 nights:');
      await button('Book').click();
    };
    await book('ada@example.com');
    await waitForText('Booked and paid.');
    await button('Sign out').click();
    await book('bob@example.com');
    await waitForText('not available');
    await page.getByRole('alert').waitFor();
    expect(await page.getByText('Booked and paid.').count()).toBe(0);
  });

  test('or page that does not exist shows an error', async () => {
    await open('/stays/no-such-stay-1');
    await heading('Stay not found').waitFor();
    await open('/nothing');
    await heading('Page not found').waitFor();
  });
});

/** Presses a key until a control has the focus, as keyboard users do. */
async function focusByKey(control: Locator, key = 'Tab'): Promise<void> {
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
  test('cancels a stay by keyboard only, after closing the dialog once', async () => {
    await open();
    await signIn('bob@example.com');
    await focusByKey(page.getByRole('link', { name: 'My stays' }), 'Shift+Tab');
    await page.keyboard.press('Enter');
    await heading('My stays').waitFor();
    const stay = region('Upcoming').getByRole('article').first();
    const cancel = stay.getByRole('button', { name: /^Cancel/ });
    await focusByKey(cancel);
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'Cancel this stay?' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await hasFocus(cancel)).toBe(true);
    await page.keyboard.press('Enter');
    await focusByKey(button('Cancel the stay'));
    await page.keyboard.press('Enter');
    await stay.getByText('Cancelled', { exact: true }).waitFor();
    expect(await cancel.count()).toBe(0);
    await page.reload();
    await region('Upcoming').getByRole('article').first().waitFor();
    expect(await page.getByText('Cancelled', { exact: true }).count()).toBe(0);
  });

  test('reviews a past stay, with errors beside missing fields', async () => {
    await open('/my-stays');
    await waitForText('Sign in to see your stays.');
    await signIn('ada@example.com');
    const stay = region('Past').getByRole('article').first();
    await stay.getByRole('button', { name: 'Review the host' }).click();
    const dialog = page.getByRole('dialog', { name: 'Review the host' });
    await dialog.getByRole('button', { name: 'Send' }).click();
    await dialog.getByText('Choose a rating.').waitFor();
    expect(await dialog.getByText('Write a few words for other guests.').count()).toBe(1);
    expect(await hasFocus(dialog.getByRole('radio').first())).toBe(true);
    await page.keyboard.press('ArrowLeft');
    expect(await dialog.getByRole('radio', { name: '5 Excellent' }).isChecked()).toBe(true);
    await page.keyboard.press('Tab');
    await page.keyboard.type('Warm, and out of the way.');
    await dialog.getByRole('button', { name: 'Send' }).click();
    await stay.getByText('Warm, and out of the way.').waitFor();
    expect(await stay.getByRole('button', { name: 'Review the host' }).count()).toBe(0);
  });

  test('sees one error beside the date of an invalid stay', async () => {
    const { slug, minimumNights } = await reviewedStay();
    await open(`/stays/${slug}`);
    await signIn('ada@example.com');
    await button('Book').click();
    await waitForText('Choose an arrival date.');
    expect(await hasFocus(page.getByLabel('Arrival'))).toBe(true);
    const cases: [checkIn: number, checkOut: number, problem: string][] = [
      [-2, 2, 'This date is in the past. Choose a later one.'],
      [9, 8, 'The departure date must be after the arrival date.'],
      [9, 9 + minimumNights + 91, 'A stay can have at most 90 nights.'],
      [800, 800 + minimumNights, 'The check-in date must be within the next two years.'],
    ];
    for (const [checkIn, checkOut, problem] of cases) {
      await page.getByLabel('Arrival').fill(dayAhead(checkIn));
      await page.getByLabel('Departure').fill(dayAhead(checkOut));
      await waitForText(problem);
      expect(await page.locator('[aria-invalid="true"]').count()).toBe(1);
      await button('Book').click();
      expect(await page.getByText(problem).count()).toBe(1);
      expect(await page.getByRole('alert').count()).toBe(0);
    }
  });
});

describe('a host', () => {
  test('sees figures, upcoming guests and listings', async () => {
    await open('/dashboard');
    await waitForText('Sign in as a host to see your figures.');
    await signIn('host-2787@example.com');
    await waitForText('Stays booked');
    await region('Upcoming guests').getByText('Ada Moreau').waitFor();
    await region('Upcoming guests')
      .getByRole('button', { name: /^Cancel the stay of Ada Moreau/ })
      .waitFor();
    expect(await region('Month by month').getByRole('listitem').count()).toBe(6);
    expect(await region('Your listings').getByRole('link').count()).toBeGreaterThan(0);
  });

  test('is required for the dashboard', async () => {
    await open('/dashboard');
    await signIn('ada@example.com');
    await waitForText('This page is for hosts. You are signed in as a guest.');
    expect(await page.getByRole('alert').count()).toBe(0);
  });
});

test('every page fits a phone screen', async () => {
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
  await fits('/my-stays', 'Past');
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

  test('updates their profile, with an error beside an invalid field', async () => {
    await open('/profile');
    await waitForText('Sign in to see your profile.');
    await signIn('zoe@example.com');
    await page.getByLabel('Name').fill(' ');
    await button('Save').click();
    await waitForText('A name must have 1 to 100 characters.');
    expect(await page.getByLabel('Name').getAttribute('aria-invalid')).toBe('true');
    await page.getByLabel('Name').fill('Zoe Zimmer');
    await button('Save').click();
    await waitForText('Saved.');
    await page.getByRole('link', { name: 'Zoe Zimmer' }).waitFor();
  });

  test('with an expired token is signed out with a message', async () => {
    await open();
    await page.evaluate(() => sessionStorage.setItem('session', '{"token":"a.b.c","email":"ada@example.com"}'));
    await page.reload();
    await waitForText('Your session has expired. Sign in again to continue.');
    await waitForStays(24);
  });

  test('sees an error beside an invalid email address', async () => {
    await open();
    await button('Sign in').click();
    const dialog = page.getByRole('dialog', { name: 'Sign in' });
    await dialog.getByLabel('Email address').fill('ada');
    await page.keyboard.press('Enter');
    await dialog.getByText('Enter an email address, such as ada@example.com.').waitFor();
    expect(await hasFocus(dialog.getByLabel('Email address'))).toBe(true);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(await hasFocus(button('Sign in'))).toBe(true);
  });

  test('sees why signing in failed', async () => {
    await page.route('**/identity/token', (route) => route.abort());
    await open();
    await button('Sign in').click();
    await button('Bob Okafor').click();
    await waitForText('Signing in does not work right now.');
  });
});

describe('a failure', () => {
  test('of reviews hides reviews and ratings only, until a retry succeeds', async () => {
    const { slug, title, reviewCount } = await reviewedStay();
    await withServiceDown('reviews', async () => {
      await open();
      await waitForStays(24);
      await waitForText('Rating not available');
      await open(`/stays/${slug}`);
      await heading(title).waitFor();
      await heading(/^Hosted by/).waitFor();
      await waitForText('Reviews cannot be shown right now.');
      await waitForText('Part of this page cannot be loaded right now.');
    });
    await button('Try again').click();
    await waitForText(new RegExp(`Rated \\d\\.\\d of 5 by ${reviewCount} guests`));
    await page.getByRole('alert').waitFor({ state: 'detached' });
  });

  test('of accounts hides names only', async () => {
    const { slug, title } = await reviewedStay();
    await withServiceDown('accounts', async () => {
      await open(`/stays/${slug}`);
      await heading(title).waitFor();
      await waitForText('The host cannot be shown right now.');
      await waitForText(/^A guest, /);
    });
  });

  test('of the network shows a message, and a retry succeeds', async () => {
    await page.route('**/graphql', (route) => route.abort());
    await open();
    await waitForText('The service cannot be reached. Check your connection and try again.');
    await page.unroute('**/graphql');
    await button('Try again').click();
    await waitForStays(24);
  });
});

const hash = (text: string) => createHash('sha256').update(text).digest('hex');

describe('each request', () => {
  const manifest: { operations: { id: string; name: string }[] } = JSON.parse(
    readFileSync(join(ROOT, manifestPath('web')), 'utf8'),
  );
  const ids = new Map(manifest.operations.map(({ name, id }) => [name, id]));

  test('has the registered id, and the matching text for a gateway that does not know the id', async () => {
    const sent: { id: unknown; name: string; text?: string }[] = [];
    await page.route('**/graphql', (route) => {
      const { operationName: name, query: text, extensions } = route.request().postDataJSON();
      sent.push({ id: extensions.persistedQuery.sha256Hash, name, text });
      const error = { message: 'PersistedQueryNotFound', extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } };
      return text ? route.continue() : route.fulfill({ json: { errors: [error] } });
    });
    page.on('websocket', (socket) => socket.on('framesent', ({ payload }) => addSubscription(String(payload))));
    const addSubscription = (frame: string) => {
      const { type, payload } = JSON.parse(frame);
      if (type === 'subscribe')
        sent.push({ id: hash(payload.query), name: payload.operationName, text: payload.query });
    };
    const { slug, title } = await reviewedStay();
    await open();
    await waitForStays(24);
    await open(`/stays/${slug}`);
    await heading(title).waitFor();
    await button('Show more reviews').click();
    await reviews().nth(2).waitFor();
    await open('/profile');
    await signIn('zoe@example.com');
    await button('Save').click();
    await waitForText('Saved.');
    await open(`/stays/${slug}`);
    await page.getByLabel('Arrival').fill(dayAhead(300));
    await page.getByLabel('Departure').fill(dayAhead(304));
    await waitForText('4 nights:');
    await button('Book').click();
    await waitForText('Your wallet balance is too low for this stay.');
    await button('Sign out').click();
    await signIn('ada@example.com');
    await page.getByRole('link', { name: 'My stays' }).click();
    const dialog = page.getByRole('dialog');
    await region('Past').getByRole('button', { name: 'Review the place' }).last().click();
    await dialog.getByRole('radio', { name: '4 Good' }).check();
    await dialog.getByLabel('What was it like?').fill('Quiet.');
    await dialog.getByRole('button', { name: 'Send' }).click();
    await waitForText('Your review of the place:');
    await region('Upcoming')
      .getByRole('button', { name: /^Cancel/ })
      .last()
      .click();
    await button('Cancel the stay').click();
    await region('Upcoming').getByText('Cancelled', { exact: true }).waitFor();
    await button('Sign out').click();
    await signIn('host-2787@example.com');
    await page.getByRole('link', { name: 'Dashboard', exact: true }).click();
    await waitForText('Stays booked');
    await eventually(async () => expect(new Set(sent.map(({ name }) => name))).toEqual(new Set(ids.keys())));
    for (const { id, name, text } of sent) {
      expect([name, id]).toEqual([name, ids.get(name)]);
      if (text) expect(hash(text)).toBe(id);
    }
    expect(new Set(sent.filter(({ text }) => text).map(({ name }) => name))).toEqual(new Set(ids.keys()));
  });
});

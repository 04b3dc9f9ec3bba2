import type { Browser, Page } from 'playwright-core';
import { LIBRARY } from '../build/discover.ts';
import { startBrowser } from './browser.ts';
import { TestSystem } from './system.ts';

let system: TestSystem;
let browser: Browser;
let page: Page;
/** Where each request of the page went. */
const origins = new Set<string>();

beforeAll(async () => {
  [system, browser] = await Promise.all([TestSystem.start({ root: LIBRARY }), startBrowser()]);
  page = await browser.newPage();
  page.on('request', (request) => origins.add(new URL(request.url()).origin));
  await page.goto(system.system.url);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await system?.close();
});

const TRIES = 6;

/** Runs the query of a tab until the answer is as expected: for a moment GraphiQL still names the other tab's operation. */
async function run(tab: string, expected: string, attempt = 1): Promise<void> {
  await page.getByRole('tab', { name: tab }).click();
  await page.getByRole('button', { name: /Execute query/ }).click();
  const answer = page.locator('.result-window').getByText(expected).first();
  await answer.waitFor({ timeout: 5_000 }).catch((error) => {
    if (attempt === TRIES) throw error;
    return run(tab, expected, attempt + 1);
  });
}

test('the explorer runs an example on the seeded data', async () => {
  await page.getByRole('heading', { name: 'Graph explorer' }).waitFor();
  await run('NewBooks', '"The Rings of Saturn"');
}, 60_000);

test('the explorer signs in as the user that an example names, when its tab is chosen', async () => {
  await run('Me', '"Ada Moreau"');
  await page.getByText('Signed in as ada@example.com').waitFor();
}, 60_000);

test('the explorer signs in as anyone else, who then is "me"', async () => {
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByLabel('Sign in as').fill('lin@example.com');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText('Signed in as lin@example.com').waitFor();
  await run('Me', '"Lin Okafor"');
}, 60_000);

test('the explorer fits a phone, with the answer below the query, and keeps its user over a reload', async () => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.reload();
  await page.getByText('Signed in as lin@example.com').waitFor();
  await run('NewBooks', '"The Rings of Saturn"');
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  const [query, answer] = await Promise.all(
    ['.graphiql-editors', '.result-window'].map((name) => page.locator(name).boundingBox()),
  );
  expect(answer?.y).toBeGreaterThanOrEqual((query?.y ?? 0) + (query?.height ?? 0));
  expect(answer?.width).toBeGreaterThan(300);
}, 60_000);

test('the explorer leads to Apollo Sandbox with the endpoint filled in', async () => {
  const link = page.getByRole('link', { name: 'Open in Apollo Sandbox' });
  const address = new URL((await link.getAttribute('href')) ?? '');
  expect(address.origin + address.pathname).toBe('https://studio.apollographql.com/sandbox/explorer');
  expect(address.searchParams.get('endpoint')).toBe(`${system.system.url}/graphql`);
});

test('the explorer sends nothing out of this machine', () => {
  expect([...origins].filter((origin) => origin.startsWith('http'))).toEqual([system.system.url]);
});

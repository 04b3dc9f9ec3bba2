import type { Browser, Page } from 'playwright-core';
import { LIBRARY } from '../build/discover.ts';
import { fragmentOf } from '../local/explorer/share.ts';
import { startBrowser } from './browser.ts';
import { TestSystem } from './system.ts';

let system: TestSystem;
let browser: Browser;
let page: Page;
/** Origins of the page's requests. */
const origins = new Set<string>();

beforeAll(async () => {
  [system, browser] = await Promise.all([TestSystem.start({ root: LIBRARY }), startBrowser()]);
  page = await open();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await system?.close();
});

/** Opens the explorer in a browser without stored tabs. */
async function open(fragment = ''): Promise<Page> {
  const opened = await browser.newPage();
  opened.on('request', (request) => origins.add(new URL(request.url()).origin));
  await opened.goto(`${system.system.url}/${fragment}`);
  await opened.locator(`${EDITOR} .CodeMirror-code`).waitFor();
  return opened;
}

const EDITOR = '.graphiql-query-editor';
const TRIES = 6;

/** Runs the query of a tab, again while the response is not as expected: GraphiQL briefly keeps the other tab's operation name. */
async function run(tab: string, expected: string, attempt = 1): Promise<void> {
  await page.getByLabel('Select active operation').getByRole('tab', { name: tab }).click();
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

test('the explorer signs in as a seeded user, whom `me` returns', async () => {
  await page.getByLabel('Sign in as').fill('ada@example.com');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText('Signed in as ada@example.com').waitFor();
  await run('Me', '"Ada Moreau"');
}, 60_000);

test('the explorer signs in as the user of an example when its tab is selected', async () => {
  await run('Figures', '"figures"');
  await page.getByText('Signed in as lin@example.com').waitFor();
  await run('Me', '"Ada Moreau"');
  await page.getByText('Signed in as ada@example.com').waitFor();
}, 60_000);

test('every example runs unchanged as its user', async () => {
  const examples: { title: string; query: string }[] = await (
    await fetch(`${system.system.url}/explorer/examples.json`)
  ).json();
  expect(examples.length).toBeGreaterThan(2);
  for (const { title, query } of examples) {
    const [, email] = /^# as: (\S+)$/m.exec(query) ?? [];
    const token = email && (await system.token(email));
    const { data, errors } = await system.query(query, {}, token);
    expect({ title, errors }).toEqual({ title, errors: undefined });
    expect(JSON.stringify(data)).not.toMatch(/"(me|figures)":null|"message"/);
  }
});

test('a click on a field in the builder adds it to the operation', async () => {
  const other = await open();
  await other.getByRole('button', { name: 'New tab' }).click();
  await other.getByRole('button', { name: 'Show GraphiQL Explorer' }).click();
  const builder = other.locator('.graphiql-explorer-me');
  await builder.locator('.graphiql-explorer-field-view').first().click();
  await builder.locator('.graphiql-explorer-name .graphiql-explorer-field-view').first().click();
  await other
    .locator(EDITOR)
    .getByText(/^\s*name$/)
    .waitFor();
  expect(await other.locator(`${EDITOR} .CodeMirror-line`).allInnerTexts()).toEqual(
    expect.arrayContaining(['query MyQuery {', '  me {', '    name']),
  );
  await other.close();
}, 60_000);

test('a request that has run is in the history, which restores it', async () => {
  const other = await open();
  await other.getByRole('button', { name: /Execute query/ }).click();
  await other.locator('.result-window').getByText('"The Rings of Saturn"').first().waitFor();
  await other.getByRole('button', { name: 'New tab' }).click();
  await other.getByRole('button', { name: 'Show History' }).click();
  await other.locator('.graphiql-history-item-label', { hasText: 'NewBooks' }).first().click();
  await other.locator(EDITOR).getByText('NewBooks').waitFor();
  await other.close();
}, 60_000);

test('the panels follow the theme that is chosen in the settings', async () => {
  const other = await open();
  const background = () => other.locator('header').evaluate((header) => getComputedStyle(header).backgroundColor);
  const colors = [];
  for (const theme of ['Light', 'Dark']) {
    await other.getByRole('button', { name: 'Open settings dialog' }).click();
    await other.getByRole('button', { name: theme, exact: true }).click();
    await other.locator(`body.graphiql-${theme.toLowerCase()}`).waitFor();
    colors.push(await background());
    await other.keyboard.press('Escape');
  }
  expect(colors).toEqual(['rgb(255, 255, 255)', 'rgb(22, 27, 38)']);
  await other.close();
}, 60_000);

test('a shared address selects its operation in a document with several', async () => {
  const query = 'query First { me { id } }\n\nquery Second { books(first: 1) { edges { node { title } } } }\n';
  const other = await open(await fragmentOf({ query, operationName: 'Second' }));
  await other.getByLabel('Select active operation').getByRole('tab', { name: 'Second' }).waitFor();
  const planned = other.waitForRequest((request) => request.headers()['x-explain'] === 'plan');
  await other.getByRole('button', { name: 'Estimate' }).click();
  expect((await planned).postDataJSON()).toMatchObject({ operationName: 'Second' });
  await other.locator(`${EDITOR} textarea`).focus();
  const ran = other.waitForRequest((request) => request.headers()['x-explain'] === 'run');
  await other.keyboard.press('Control+Enter');
  expect((await ran).postDataJSON()).toMatchObject({ query, operationName: 'Second' });
  await other.close();
}, 60_000);

test('the explorer fits a phone, with the response below the query, and keeps its user over a reload', async () => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.reload();
  await page.getByText('Signed in as ada@example.com').waitFor();
  await run('NewBooks', '"The Rings of Saturn"');
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  const [query, answer] = await Promise.all(
    ['.graphiql-editors', '.result-window'].map((name) => page.locator(name).boundingBox()),
  );
  expect(answer?.y).toBeGreaterThanOrEqual((query?.y ?? 0) + (query?.height ?? 0));
  expect(answer?.width).toBeGreaterThan(300);
}, 60_000);

test('the explorer links to Apollo Sandbox with its endpoint', async () => {
  const link = page.getByRole('link', { name: 'Open in Apollo Sandbox' });
  const address = new URL((await link.getAttribute('href')) ?? '');
  expect(address.origin + address.pathname).toBe('https://studio.apollographql.com/sandbox/explorer');
  expect(address.searchParams.get('endpoint')).toBe(`${system.system.url}/graphql`);
});

test('the explorer sends requests only to its own system', () => {
  expect([...origins].filter((origin) => origin.startsWith('http'))).toEqual([system.system.url]);
});

import type { Browser, Page } from 'playwright-core';
import { LIBRARY } from '../build/discover.ts';
import { fragmentOf } from '../local/explorer/share.ts';
import { startBrowser } from './browser.ts';
import { TestSystem } from './system.ts';

const TIMEOUT = 60_000;

let system: TestSystem;
let browser: Browser;
let page: Page;
/** Origins of the page's requests. */
const origins = new Set<string>();

beforeAll(async () => {
  [system, browser] = await Promise.all([TestSystem.start({ root: LIBRARY }), startBrowser()]);
  page = await open(system.system.url);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await system?.close();
});

/** Opens the explorer in a browser without stored tabs. */
async function open(url: string): Promise<Page> {
  const opened = await browser.newPage();
  opened.setDefaultTimeout(TIMEOUT / 2);
  opened.on('request', (request) => origins.add(new URL(request.url()).origin));
  await opened.goto(url);
  await opened.locator('.graphiql-query-editor .CodeMirror-code').waitFor();
  return opened;
}

/** Opens a panel of the request, or a section of the graph. */
const show = (name: string) => page.getByRole('tab', { name, exact: true }).click();

interface Area {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Returns where visible elements are. */
async function areasOf(selector: string): Promise<Area[]> {
  const elements = await page.locator(selector).all();
  const areas = await Promise.all(elements.map((element) => element.boundingBox()));
  return areas.filter((area) => area !== null);
}

function overlap(one: Area, other: Area): boolean {
  return (
    one.x < other.x + other.width &&
    other.x < one.x + one.width &&
    one.y < other.y + other.height &&
    other.y < one.y + one.height
  );
}

const boxes = () => page.locator('.react-flow__node').allInnerTexts();

test(
  'an estimate plans the operation without running it',
  async () => {
    const sent = page.waitForRequest((request) => request.headers()['x-explain'] === 'plan');
    await show('Plan');
    await page.getByRole('button', { name: 'Estimate' }).click();
    await page.getByLabel('Fetch 1: books').waitFor();
    expect((await sent).method()).toBe('POST');
    expect((await boxes()).slice(1).every((text) => text.includes('not run'))).toBe(true);
    await show('Cost');
    await page.getByText('Estimated').waitFor();
    expect(await page.getByText('Actual').count()).toBe(0);
    await show('Time');
    await page.getByText('Run the operation to see its time.').waitFor();
  },
  TIMEOUT,
);

test(
  'a cold run shows the start of each function in the waterfall',
  async () => {
    await page.getByRole('button', { name: 'Run cold' }).click();
    const rows = page.locator('.waterfall tbody tr');
    for (const name of ['gateway', 'books', 'loans', 'popularity', 'members'])
      await rows.filter({ hasText: new RegExp(`^${name}\\s*cold`) }).waitFor();
    await rows.filter({ hasText: 'offered-by-age' }).waitFor();
  },
  TIMEOUT,
);

test(
  'the plan shows its fetches, and on a click the operation and entities of one',
  async () => {
    await show('Plan');
    await page.getByLabel(/^Fetch \d: popularity/).click();
    const details = page.getByLabel('Fetch from popularity');
    await details.getByText('loanCount').waitFor();
    await details.getByText('representations').first().waitFor();
    expect(await details.textContent()).toMatch(/Returned\s*\d entities/);
    for (const name of ['books', 'loans', 'members', 'popularity'])
      expect((await boxes()).filter((text) => text.startsWith(name))).toHaveLength(1);
  },
  TIMEOUT,
);

test(
  'no label of the plan is over a box, and no two times of the axis overlap',
  async () => {
    const boxes = await areasOf('.react-flow__node-box');
    const labels = await areasOf('.react-flow__edge-textbg');
    expect(labels.length).toBeGreaterThan(0);
    expect(labels.flatMap((label) => boxes.filter((box) => overlap(label, box)))).toEqual([]);
    await show('Time');
    const ticks = await areasOf('.axis span');
    expect(ticks.length).toBeGreaterThan(1);
    expect(ticks.slice(1).filter((tick, index) => overlap(tick, ticks[index] ?? tick))).toEqual([]);
  },
  TIMEOUT,
);

test(
  'the cost names functions and tables, with the total of a million requests',
  async () => {
    await show('Cost');
    await page.getByText('Actual').waitFor();
    const table = page.locator('.costs');
    const [door = ''] = (await (await fetch(`${system.system.url}/system`)).json()).door;
    for (const row of ['Lambda requests', 'Lambda compute', 'DynamoDB reads', door, 'library-dev-books'])
      await table.getByRole('rowheader', { name: row }).first().waitFor();
    expect(await page.locator('.total strong').last().textContent()).toMatch(/^\$[1-9]/);
    await page.getByText(/^Assumed: 1.5 KB of log/).waitFor();
    await table
      .getByText(/^[\d.]+ K?B$/)
      .first()
      .waitFor();
  },
  TIMEOUT,
);

test(
  'the log has the lines of all functions for the request',
  async () => {
    await show('Log');
    for (const name of ['gateway', 'books', 'loans'])
      await page.locator('.log .function', { hasText: name }).first().waitFor();
  },
  TIMEOUT,
);

test(
  'a shared address opens the operation, and never has the token',
  async () => {
    await page.getByLabel('Sign in as').fill('ada@example.com');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('Signed in as ada@example.com').waitFor();
    await page.getByRole('button', { name: /Copy a link/ }).click();
    await page.waitForURL(/#share=/);
    expect(page.url().length).toBeLessThan(500);
    const other = await open(page.url());
    await other.locator('.graphiql-query-editor').getByText('NewBooks').waitFor();
    expect(await other.getByText('Signed in as').count()).toBe(0);
    await other.close();
  },
  TIMEOUT,
);

test(
  'fetches that one call served have a common frame',
  async () => {
    const owners = '{ edges { node { owner { name } } } }';
    const fragment = await fragmentOf({
      query: `{ new: books(first: 3) ${owners} others: books(first: 2) ${owners} }`,
    });
    const other = await open(`${system.system.url}/${fragment}`);
    await other.getByRole('tab', { name: 'Plan', exact: true }).click();
    await other.getByRole('button', { name: /Execute query/ }).click();
    await other.locator('.react-flow__node-frame').getByText('call 2: 2 fetches of members').waitFor();
    await other.getByRole('button', { name: /Execute query/ }).click();
    await other.getByRole('button', { name: 'Larger' }).click();
    await other.locator('.react-flow__edge').nth(2).waitFor({ state: 'attached' });
    await other.close();
  },
  TIMEOUT,
);

test(
  'the keyboard runs an operation, opens panels and the graph, and lists its shortcuts',
  async () => {
    await page.locator('.graphiql-query-editor .CodeMirror-code').click();
    const answered = page.waitForResponse((response) => response.url().endsWith('/graphql'));
    await page.keyboard.press('Control+Enter');
    await answered;
    await page.keyboard.press('Alt+2');
    await page.locator('.waterfall').waitFor();
    await page.keyboard.press('Alt+K');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).getByText('Alt+G').waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Alt+G');
    await page.getByRole('tablist', { name: 'Sections of the graph' }).waitFor();
  },
  TIMEOUT,
);

test(
  'the graph shows entities with their keys, and the service of each field',
  async () => {
    await page.getByLabel(/^Entity Book, key id/).click();
    const row = page.getByLabel('Book', { exact: true }).getByRole('row', { name: /postageCents/ });
    expect(await row.textContent()).toMatch(/requires weightGrams[\s\S]*loans/);
    await show('Types');
    await page.getByLabel('Type or field').fill('borrowedCount');
    await page.getByRole('row', { name: /borrowedCount.*popularity/ }).waitFor();
  },
  TIMEOUT,
);

test(
  'the graph shows the consumers of events, access requirements, and deprecated fields',
  async () => {
    await show('Events');
    await page.getByLabel('Event BookOffered of books, consumed by loans, popularity').waitFor();
    await show('Access');
    await page.getByRole('row', { name: /Query\.figures.*@policy.*librarian/ }).waitFor();
    await show('Deprecated');
    await page.getByText('No field is deprecated.').waitFor();
  },
  TIMEOUT,
);

test(
  'the examples are in a list, which selects their tabs',
  async () => {
    await page.keyboard.press('Alt+G');
    await page.getByRole('button', { name: 'Show Examples' }).click();
    await page
      .getByLabel('Examples', { exact: true })
      .getByRole('button', { name: /as lin@example.com/ })
      .click();
    await page.getByText('Signed in as lin@example.com').waitFor();
  },
  TIMEOUT,
);

test(
  'no panel is wider than a phone',
  async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.reload();
    await page.getByRole('button', { name: /Execute query/ }).click();
    for (const name of ['Plan', 'Time', 'Cost', 'Log']) {
      await show(name);
      await page.locator('.panel .summary, .panel .totals').first().waitFor();
      expect({ name, width: await page.evaluate(() => document.documentElement.scrollWidth) }).toEqual({
        name,
        width: 390,
      });
    }
    await page.getByRole('navigation').getByRole('button', { name: 'Graph' }).click();
    for (const name of ['Entities', 'Types', 'Events', 'Access']) {
      await show(name);
      expect({ name, width: await page.evaluate(() => document.documentElement.scrollWidth) }).toEqual({
        name,
        width: 390,
      });
    }
  },
  TIMEOUT,
);

test('the explorer loads everything from its own system', () => {
  expect([...origins].filter((origin) => origin.startsWith('http'))).toEqual([system.system.url]);
});

import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';
import { optionalEnv } from '#platform/env.ts';

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];
const ARGUMENTS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts the Chromium of this machine, which asks nothing of the network by itself. CHROMIUM names another one. */
export function startBrowser(): Promise<Browser> {
  const executablePath = optionalEnv('CHROMIUM') ?? PLACES.find((place) => existsSync(place));
  if (!executablePath)
    throw new Error('There is no Chromium: install Chromium or Chrome, or set CHROMIUM to its program.');
  return chromium.launch({ executablePath, args: ARGUMENTS });
}

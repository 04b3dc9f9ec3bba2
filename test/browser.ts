import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';
import { optionalEnv } from '#platform/env.ts';

/** Debian's headless shell is the same engine without the windows, at half the CPU time. */
const INSTALL_PATHS = [
  '/usr/bin/chromium-headless-shell',
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

/** Launches this machine's Chromium, or the executable in CHROMIUM, without background network traffic. */
export function startBrowser(): Promise<Browser> {
  const executablePath = optionalEnv('CHROMIUM') ?? INSTALL_PATHS.find((path) => existsSync(path));
  if (!executablePath)
    throw new Error('No Chromium found. Install Chromium or Chrome, or set CHROMIUM to the path of its executable.');
  return chromium.launch({ executablePath, args: ARGUMENTS });
}

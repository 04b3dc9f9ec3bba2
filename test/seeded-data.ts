import { cpSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { requiredEnv } from '#platform/env.ts';

const POLL_MS = 50;

/** Makes a directory with the data of a system right after it was seeded. The first caller in a test run seeds; the others get copies. */
export async function copySeededData(graph: string, to: string, seed: (data: string) => Promise<void>): Promise<void> {
  const kept = join(requiredEnv('TEST_DATA'), graph);
  const unfinished = `${kept}.unfinished`;
  while (!existsSync(kept)) {
    if (!claim(unfinished)) await delay(POLL_MS);
    // Another process may have finished in between.
    else if (existsSync(kept)) rmSync(unfinished, { recursive: true });
    else
      try {
        await seed(unfinished);
        renameSync(unfinished, kept);
      } finally {
        rmSync(unfinished, { recursive: true, force: true });
      }
  }
  cpSync(kept, to, { recursive: true });
}

/** Creates a directory; returns false if there is one. */
function claim(directory: string): boolean {
  try {
    mkdirSync(directory);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return false;
  }
}

import { readFileSync } from 'node:fs';

/** Reads a file of the asset; returns undefined if it does not exist. */
export function assetFile(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

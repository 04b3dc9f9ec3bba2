import { readFileSync } from 'node:fs';

/** The text of a file of the asset; undefined if there is none of that name. */
export function assetFile(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

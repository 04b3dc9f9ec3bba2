import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ROOT } from '../build/discover.ts';
import { type RegisteredOperation, readManifest } from '../schema-check/registered-operations.ts';

/** The operations that clients have registered in `gateway/operations/`, a manifest each. */
export function registeredOperations(): RegisteredOperation[] {
  const folder = join(ROOT, 'gateway', 'operations');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .flatMap((file) => {
      const path = join(folder, file);
      return readManifest({ file: relative(ROOT, path), json: readFileSync(path, 'utf8') });
    });
}

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type RegisteredOperation, readManifest } from '../../schema-check/registered-operations.ts';
import { ROOT } from '../discover.ts';

/** The operations that clients have registered in `gateway/operations/`, a manifest each; throws if one cannot be read. */
export function registeredOperations(root = ROOT): RegisteredOperation[] {
  const folder = join(root, 'gateway', 'operations');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => `gateway/operations/${file}`)
    .flatMap((file) => readManifest({ file, json: readFileSync(join(root, file), 'utf8') }));
}

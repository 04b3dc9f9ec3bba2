import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type RegisteredOperation, readManifest } from '../../schema-check/registered-operations.ts';
import { graphPath, ROOT } from '../discover.ts';

/** Reads the manifests in the graph folder's `operations/`, one per client; throws if one is invalid. */
export function registeredOperations(root = ROOT): RegisteredOperation[] {
  const folder = graphPath('operations', root);
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder))
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => `${folder}/${file}`)
    .flatMap((file) => readManifest({ file, json: readFileSync(join(root, file), 'utf8') }));
}

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AssetHashType } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';

/**
 * Returns the code asset of a Lambda folder. Its hash covers the source and the V8 version, but not the code cache, which
 * differs between builds and would cause needless deployments.
 */
export function compiledAsset(folder: string): Code {
  return Code.fromAsset(folder, { assetHashType: AssetHashType.CUSTOM, assetHash: hashOf(folder) });
}

function hashOf(folder: string): string {
  const hash = createHash('sha256').update(`${process.versions.v8} ${process.arch}`);
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.cache'))
    .map(({ parentPath, name }) => join(parentPath, name))
    .sort();
  for (const file of files) hash.update(file.slice(folder.length)).update(readFileSync(file));
  return hash.digest('hex');
}

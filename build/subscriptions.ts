import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { assetFile } from '../gateway/operations/read-asset.ts';
import { SUBSCRIPTIONS } from '../gateway/subscriptions/topics.ts';
import { filesIn, runIfChanged } from './build-step.ts';
import { assetOf } from './bundle.ts';
import { ROOT } from './discover.ts';

/** Functions whose asset has the fields of `Subscription`; the infrastructure reads those of the gateway. */
const READERS = ['gateway', 'gateway-fan-out'];

/**
 * Writes the sources of the fields of `Subscription`; returns whether they have changed. Throws an error that lists the problems.
 */
export async function writeSubscriptions(root = ROOT): Promise<boolean> {
  const before = written(root);
  const script = join(ROOT, 'build', 'print-subscriptions.ts');
  const files = filesIn(join(root, 'subgraphs'), join(ROOT, 'platform'), join(ROOT, 'schema-check'));
  await runIfChanged({ name: 'subscriptions', root, values: '', files }, async () => {
    const json = await printed(script, root);
    const outputs = READERS.map((name) => {
      const asset = assetOf({ name, root });
      mkdirSync(asset, { recursive: true });
      return join(asset, SUBSCRIPTIONS);
    });
    for (const output of outputs) writeFileSync(output, json);
    return { outputs };
  });
  return written(root) !== before;
}

function written(root: string): string {
  return READERS.map((name) => assetFile(join(assetOf({ name, root }), SUBSCRIPTIONS))).join();
}

async function printed(script: string, root: string): Promise<string> {
  try {
    return (await promisify(execFile)(process.execPath, [script, root], { cwd: ROOT })).stdout;
  } catch (error) {
    throw new Error((error as { stderr?: string }).stderr?.trim() || String(error));
  }
}

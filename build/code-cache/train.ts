import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { json } from 'node:stream/consumers';

/**
 * Runs the Lambda of an asset on some events and keeps what V8 compiled of its code in the asset. A process of
 * its own for each asset: `node build/code-cache/train.ts FOLDER`, with the events as JSON on its standard input. The V8 is that of the Node which runs this.
 */
const [folder = ''] = process.argv.slice(2);
const asset = resolve(folder);

interface Asset {
  handler: (event: unknown, context: object) => Promise<unknown>;
  compiledCode: () => Map<string, Buffer>;
}

for (const file of readdirSync(asset)) if (file.endsWith('.cache')) rmSync(join(asset, file));
const { handler, compiledCode } = createRequire(import.meta.url)(join(asset, 'index.cjs')) as Asset;
const context = { functionName: 'none', awsRequestId: 'none', getRemainingTimeInMillis: () => 5_000 };
for (const event of (await json(process.stdin)) as unknown[]) await handler(event, context);
for (const [file, code] of compiledCode()) writeFileSync(join(asset, file), code);
process.exit(0);

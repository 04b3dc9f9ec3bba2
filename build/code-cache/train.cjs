/**
 * Runs an asset's Lambda on events and writes the resulting V8 code cache into the asset:
 * `node build/code-cache/train.cjs FOLDER`, with the events as JSON on standard input. Each asset needs its own process;
 * JavaScript starts faster than TypeScript.
 */
const { readdirSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
const { join, resolve } = require('node:path');
const { run } = require('./lambda-globals.cjs');

const [folder = ''] = process.argv.slice(2);
const asset = resolve(folder);
const STANDARD_INPUT = 0;

async function train() {
  const events = JSON.parse(readFileSync(STANDARD_INPUT, 'utf8'));
  for (const file of readdirSync(asset)) if (file.endsWith('.cache')) rmSync(join(asset, file));
  const { handler, compiledCode } = require(join(asset, 'index.cjs'));
  const context = { functionName: 'none', awsRequestId: 'none', getRemainingTimeInMillis: () => 5_000 };
  for (const event of events) await run(handler, event, { ...context });
  for (const [file, code] of compiledCode()) writeFileSync(join(asset, file), code);
}

train().then(
  () => process.exit(0),
  (error) => {
    process.stderr.write(`${error.stack}\n`);
    process.exit(1);
  },
);

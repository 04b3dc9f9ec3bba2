import { writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { join } from 'node:path';
import { type BenchArguments, HELP, parseBenchArguments, WHOLE_SYSTEM } from '../bench/arguments.ts';
import { Children } from '../bench/child.ts';
import { coldChart } from '../bench/cold/chart.ts';
import { coldJson, describeCold, describeCompared, describeWhole } from '../bench/cold/report.ts';
import { runCold } from '../bench/cold/run.ts';
import { compareWithBase, wholeSystem } from '../bench/cold/whole-system.ts';
import { describeLive } from '../bench/live/report.ts';
import { runLive } from '../bench/live/run.ts';
import { describeStream } from '../bench/stream/report.ts';
import { runStream } from '../bench/stream/run.ts';
import { requireProcFs } from '../bench/usage.ts';
import { describeWarm, warmJson } from '../bench/warm/report.ts';
import { runWarm } from '../bench/warm/run.ts';
import { fail } from './command-line/arguments.ts';

/** SIGINT or SIGTERM was received. */
class Interrupted extends Error {
  override name = 'Interrupted';
}

try {
  await bench(parseBenchArguments(process.argv.slice(2)));
} catch (error) {
  if (!(error instanceof Interrupted)) fail(error);
  process.exit(130);
}

async function bench(args: BenchArguments): Promise<void> {
  if (args.kind === 'help') return void process.stdout.write(HELP);
  requireProcFs();
  const children = new Children();
  try {
    const { text, figures } = await Promise.race([measure(args, children), interruption()]);
    process.stdout.write(`${machine()}\n\n${text}\n`);
    if (args.json) writeFileSync(args.json, `${JSON.stringify(figures, undefined, 2)}\n`);
  } finally {
    await children.stop();
  }
}

async function measure(args: Exclude<BenchArguments, { kind: 'help' }>, children: Children) {
  if (args.kind === 'cold') return cold(args, children);
  if (args.kind === 'stream') {
    const figures = await runStream(args.runs, children, progress);
    return { text: describeStream(figures), figures };
  }
  if (args.kind === 'live') {
    const figures = await runLive(args, children, progress);
    return { text: describeLive(figures), figures };
  }
  const result = await runWarm(args, children, progress);
  return { text: describeWarm(result), figures: warmJson(result) };
}

async function cold({ runs, svg, base }: Extract<BenchArguments, { kind: 'cold' }>, children: Children) {
  const rows = await runCold(runs, children, progress);
  if (svg) writeFileSync(svg, coldChart(rows));
  progress('The whole system, all functions cold');
  const compared = base && (await compareWithBase(join(base, WHOLE_SYSTEM), runs, children));
  const whole = compared ? compared.ours : await wholeSystem(runs, children);
  const parts = [describeCold(rows), describeWhole(whole), ...(compared ? [describeCompared(compared)] : [])];
  return {
    text: parts.join('\n\n'),
    figures: { ...coldJson(rows), wholeSystem: whole, ...(compared && { base: compared.base }) },
  };
}

function interruption(): Promise<never> {
  return new Promise((_, reject) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => reject(new Interrupted(signal)));
  });
}

function progress(line: string): void {
  process.stderr.write(`${line}\n`);
}

function machine(): string {
  return `Node ${process.version}, ${availableParallelism()} cores (${cpus()[0]?.model.trim()})`;
}

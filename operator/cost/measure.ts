import type { OperationUse } from '../../cost/operation-use.ts';
import type { RegisteredOperation } from '../../schema-check/registered-operations.ts';
import type { ExampleContext, OperationExample } from '../graph-data.ts';
import { type Answer, ask, tokenOf } from './client.ts';
import { listSizes } from './list-sizes.ts';
import type { Meter } from './meter.ts';

export interface MeasureOptions {
  url: string;
  meter: Meter;
  /** Measured requests per operation, after the warm-up. */
  runs: number;
  onProgress: (operation: string) => void;
}

export interface Measured extends OperationUse {
  /** Type of the first root field's result, such as an error type of a mutation. */
  result?: string;
  /** Use at other list sizes. */
  sizes: OperationUse[];
}

/** An operation that was not measured, and why. */
export interface Skipped {
  name: string;
  reason: string;
}

interface Subject {
  name: string;
  kind: OperationUse['kind'];
  variablesOf: (run: number) => Record<string, unknown>;
  send: (variables: Record<string, unknown>) => Promise<Answer>;
  /** Variables that limit its lists. */
  sizes: string[];
}

const WARM_UP = 3;
const SIZES = [1, 10, 50];
const SIZE_RUNS = 3;
/** Milliseconds without invocations after which the events of a request are processed. */
const EVENTS_MS = 800;
/** Milliseconds for the last report of a function, which can follow the response. */
const REPORTS_MS = 150;

/** Calls each query and mutation several times, one at a time, and measures what it uses. */
export async function measureOperations(
  operations: readonly RegisteredOperation[],
  examples: readonly OperationExample[],
  options: MeasureOptions,
): Promise<{ measured: Measured[]; skipped: Skipped[] }> {
  const bodies = new Map(operations.map(({ name, body }) => [name, body]));
  const shown = new Set(examples.map(({ operation }) => operation));
  const others = operations
    .filter(({ name, body }) => !shown.has(name) && !isSubscription(body))
    .map(({ name }) => ({ operation: name }));
  const steps: OperationExample[] = [...examples, ...others];
  const answers: Record<string, unknown[]> = {};
  const measured: Measured[] = [];
  const skipped: Skipped[] = [];
  await options.meter.quiet(EVENTS_MS);
  for (const step of steps) {
    const { operation: name, text } = step;
    options.onProgress(name);
    try {
      const use = await measureOne(await subjectOf(step, text ?? bodies.get(name), answers, options), answers, options);
      if (!text) measured.push(use);
    } catch (error) {
      skipped.push({ name, reason: error instanceof Error ? error.message : String(error) });
    }
  }
  return { measured, skipped };
}

/** Whether an operation does not run by HTTP. */
function isSubscription(body: string): boolean {
  return /^\s*subscription\b/.test(body);
}

async function subjectOf(
  step: OperationExample,
  body: string | undefined,
  answers: Record<string, unknown[]>,
  { url, meter }: MeasureOptions,
): Promise<Subject> {
  if (!body) throw new Error('It is not registered.');
  const kind = /^\s*mutation\b/.test(body) ? 'mutation' : 'query';
  const token = step.as && (await tokenOf(url, step.as));
  return {
    name: step.operation,
    kind,
    variablesOf: (run) => step.variables?.({ run, answers } as ExampleContext) ?? {},
    send: async (variables) => {
      const answer = await ask(url, body, variables, token);
      if (kind === 'mutation') await meter.quiet(EVENTS_MS);
      return answer;
    },
    sizes: kind === 'query' ? listSizes(body) : [],
  };
}

async function measureOne(
  subject: Subject,
  answers: Record<string, unknown[]>,
  { meter, runs }: MeasureOptions,
): Promise<Measured> {
  const { name, variablesOf, send } = subject;
  const data: unknown[] = [];
  answers[name] = data;
  const call = async (run: number) => {
    const answer = await send(variablesOf(run));
    data.push(answer.data);
    return answer;
  };
  for (let run = 0; run < WARM_UP; run++) await call(run);
  await discard(meter);
  const measured: Answer[] = [];
  for (let run = WARM_UP; run < WARM_UP + runs; run++) measured.push(await call(run));
  const use = await meanUse(subject, measured, meter);
  const result = resultOf(measured.at(-1)?.data);
  return { ...use, ...(result && { result }), sizes: await measureSizes(subject, meter) };
}

async function measureSizes(subject: Subject, meter: Meter): Promise<OperationUse[]> {
  const { sizes, variablesOf, send } = subject;
  const uses: OperationUse[] = [];
  for (const size of sizes.length > 0 ? SIZES : []) {
    const variables = { ...variablesOf(0), ...Object.fromEntries(sizes.map((each) => [each, size])) };
    // A size over the limit of the list is an error.
    const first = await send(variables).catch(() => undefined);
    await discard(meter);
    if (!first) break;
    const answers: Answer[] = [];
    for (let run = 0; run < SIZE_RUNS; run++) answers.push(await send(variables));
    uses.push(await meanUse(subject, answers, meter));
  }
  return uses;
}

async function discard(meter: Meter): Promise<void> {
  await meter.quiet(REPORTS_MS);
  meter.take(1);
}

async function meanUse({ name, kind }: Subject, answers: Answer[], meter: Meter): Promise<OperationUse> {
  await meter.quiet(REPORTS_MS);
  const mean = (of: (answer: Answer) => number) => answers.reduce((sum, each) => sum + of(each), 0) / answers.length;
  return {
    name,
    kind,
    request: mean(({ request }) => request),
    response: mean(({ response }) => response),
    items: mean(({ data }) => countItems(data)),
    ...meter.take(answers.length),
  };
}

function resultOf(data: Record<string, unknown> = {}): string | undefined {
  const [root] = Object.values(data) as ({ __typename?: string } | null)[];
  return root?.__typename;
}

/** Returns the number of list items in a response. */
function countItems(data: unknown): number {
  if (Array.isArray(data)) return data.reduce((sum: number, item) => sum + 1 + countItems(item), 0);
  if (typeof data !== 'object' || data === null) return 0;
  return Object.values(data).reduce((sum: number, value) => sum + countItems(value), 0);
}

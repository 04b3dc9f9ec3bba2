import * as z from 'zod';
import type { ItemAction, SubgraphConfig } from '#platform/subgraph-config.ts';
import { closest } from '../build/closest.ts';

/** Invalid subgraph configuration; the message has one line per fault. */
export class InvalidConfiguration extends Error {
  override name = 'InvalidConfiguration';
}

const ACTIONS = [
  'GetItem',
  'BatchGetItem',
  'Query',
  'PutItem',
  'UpdateItem',
  'DeleteItem',
  'ConditionCheckItem',
] as const satisfies ItemAction[];
const name = z.string().min(1);
const actions = z.array(z.enum(ACTIONS));
const wholeFrom = (from: number, to: number) => z.int().min(from).max(to);

const CONFIG: z.ZodType<SubgraphConfig> = z.strictObject({
  table: z.strictObject({
    partitionKey: name,
    sortKey: name.optional(),
    indexes: z.array(z.strictObject({ name, partitionKey: name, sortKey: name.optional() })).optional(),
    access: z.strictObject({ service: actions, consumer: actions.optional() }),
  }),
  consumes: z.record(name, z.array(name)).optional(),
  rebuildable: z.boolean().optional(),
  sample: z.literal(true).optional(),
  memory: wholeFrom(128, 10_240),
  timeout: wholeFrom(1, 900),
}) as z.ZodType<SubgraphConfig>;

/** Known settings, by the path of their object; paths of lists have no index. */
const SETTINGS: Record<string, string[]> = {
  '': ['table', 'consumes', 'rebuildable', 'sample', 'memory', 'timeout'],
  table: ['partitionKey', 'sortKey', 'indexes', 'access'],
  'table.indexes': ['name', 'partitionKey', 'sortKey'],
  'table.access': ['service', 'consumer'],
};

/** Validates a file's default export; throws InvalidConfiguration with file, value and suggestion. */
export function validateConfig(file: string, exported: unknown): SubgraphConfig {
  if (exported === undefined) throw new InvalidConfiguration(`${file}: it has no default export.`);
  const { success, data, error } = CONFIG.safeParse(exported);
  if (success) return data;
  const faults = error.issues.flatMap((issue) => faultsOf(issue, exported));
  throw new InvalidConfiguration(faults.map((fault) => `${file}: ${fault}`).join('\n'));
}

function faultsOf(issue: z.core.$ZodIssue, exported: unknown): string[] {
  const place = shown(issue.path);
  if (issue.code === 'unrecognized_keys') {
    const known = SETTINGS[issue.path.filter((part) => typeof part === 'string').join('.')] ?? [];
    return issue.keys.map((key) => `${shown([...issue.path, key])} is not a setting.${suggestion(key, known)}`);
  }
  const value = issue.path.reduce<unknown>((of, part) => (of as Record<PropertyKey, unknown>)?.[part], exported);
  if (value === undefined) return [`${place} is missing.`];
  if (issue.code === 'invalid_value')
    return [`${place} is ${JSON.stringify(value)}.${suggestion(String(value), issue.values.map(String))}`];
  return [`${place} is ${JSON.stringify(value)}: ${issue.message}.`];
}

/** `table.access.service[1]` */
function shown(path: PropertyKey[]): string {
  return path
    .map((part, i) => (typeof part === 'number' ? `[${part}]` : `${i > 0 ? '.' : ''}${String(part)}`))
    .join('');
}

function suggestion(word: string, known: string[]): string {
  const near = closest(word, known);
  return `${near ? ` Perhaps "${near}"?` : ''} Known names: ${known.join(', ')}.`;
}

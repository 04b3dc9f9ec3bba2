import { CriticalityLevel, DiffRule, diff, type Change as LibraryChange } from '@graphql-inspector/core';
import type { GraphQLSchema } from 'graphql';
import type { Change, Risk } from './change.ts';
import { reasonFor } from './change-reasons.ts';

const RISKS: Record<CriticalityLevel, Risk> = {
  [CriticalityLevel.Breaking]: 'breaking',
  [CriticalityLevel.Dangerous]: 'dangerous',
  [CriticalityLevel.NonBreaking]: 'safe',
};
const ORDER: Risk[] = ['breaking', 'dangerous', 'safe'];

/** Returns the differences between two schemas, riskiest first, without the members of new types. */
export async function changesBetween(before: GraphQLSchema, after: GraphQLSchema): Promise<Change[]> {
  const found = await diff(before, after, [DiffRule.simplifyChanges]);
  return found
    .map(toChange)
    .sort((a, b) => ORDER.indexOf(a.risk) - ORDER.indexOf(b.risk) || a.path.localeCompare(b.path));
}

function toChange({ type, path = '', message, criticality: { level, reason }, meta }: LibraryChange): Change {
  const change = { risk: RISKS[level], type: String(type), path, message, onlyNullability: onlyNullability(meta) };
  const why = reason ?? reasonFor(change);
  return { ...change, ...(why && { reason: why }) };
}

/** Reads the metadata of type changes, such as `oldFieldType` and `newFieldType`. */
function onlyNullability(meta: Record<string, unknown>): boolean {
  const [before, after] = ['old', 'new'].map((age) =>
    Object.entries(meta).find(
      ([key, value]) => key.startsWith(age) && key.endsWith('Type') && typeof value === 'string',
    ),
  );
  return before !== undefined && bare(before[1]) === bare(after?.[1]);
}

const bare = (type: unknown) => String(type).replaceAll('!', '');

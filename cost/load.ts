import { addUp, type CostLine } from './cost.ts';
import type { SystemFacts } from './facts.ts';
import { costOfUse, type OperationUse } from './operation-use.ts';

/** An operation's share of all requests, 0 to 1. */
export interface MixPart {
  use: OperationUse;
  share: number;
}

/** Mean use of a system by one request of a mix. */
export interface Load {
  /** Invocations and busy seconds by function; `isAsync` for those that events invoke. */
  functions: { name: string; invocations: number; seconds: number }[];
  tables: { table: string; readUnits: number; writeUnits: number }[];
  /** Events put on the bus. */
  events: number;
}

/** Returns the use of a system by one request of a mix. */
export function loadOf(mix: readonly MixPart[]): Load {
  const functions = new Map<string, Load['functions'][number]>();
  const tables = new Map<string, Load['tables'][number]>();
  let events = 0;
  for (const { use, share } of mix) {
    for (const { count } of use.events) events += share * count;
    for (const each of use.functions) {
      const sum = functions.get(each.name) ?? { name: each.name, invocations: 0, seconds: 0 };
      sum.invocations += share * each.invocations;
      sum.seconds += (share * each.milliseconds) / 1_000;
      functions.set(each.name, sum);
      for (const { table, readUnits, writeUnits } of each.tables) {
        const units = tables.get(table) ?? { table, readUnits: 0, writeUnits: 0 };
        units.readUnits += share * readUnits;
        units.writeUnits += share * writeUnits;
        tables.set(table, units);
      }
    }
  }
  return { functions: [...functions.values()], tables: [...tables.values()], events };
}

/** Returns the cost of one request of a mix. */
export function costOfMix(mix: readonly MixPart[], facts: SystemFacts, coldShare = 0): CostLine[] {
  return addUp(mix.map(({ use, share }) => ({ lines: costOfUse(use, facts, coldShare), factor: share })));
}

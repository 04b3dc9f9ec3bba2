import type { PriceName, Prices } from './prices.ts';

/** What a line of a cost is for. */
export const PARTS = ['function requests', 'compute', 'door', 'reads', 'writes', 'events', 'logs'] as const;
export type Part = (typeof PARTS)[number];

/** One priced quantity. */
export interface CostLine {
  part: Part;
  /** Function, table, type of event, or part of the door. */
  name: string;
  price: PriceName;
  /** In units of the price. */
  quantity: number;
  /** US dollars. */
  dollars: number;
  /** `SOURCE.TYPE` of the event that caused it: the cost of publishing and consuming it. */
  event?: string;
}

/** Gigabytes, as AWS bills them. */
export const GB = 1024 ** 3;

/** Returns priced lines. */
export function line({ prices }: Prices, part: Part, name: string, price: PriceName, quantity: number): CostLine {
  const { dollars, per } = prices[price];
  return { part, name, price, quantity, dollars: (quantity * dollars) / per };
}

/** Returns the sum of lines, in US dollars. */
export function total(lines: readonly CostLine[]): number {
  return lines.reduce((sum, { dollars }) => sum + dollars, 0);
}

/** Returns the sums of lines by part, name or another property, largest first. */
export function sumsBy(lines: readonly CostLine[], key: (line: CostLine) => string): [name: string, dollars: number][] {
  const sums = new Map<string, number>();
  for (const each of lines) sums.set(key(each), (sums.get(key(each)) ?? 0) + each.dollars);
  return [...sums].sort(([, a], [, b]) => b - a);
}

/** Returns one line for equal part, name, price and event, each the sum of the quantities times a factor. */
export function addUp(parts: readonly { lines: readonly CostLine[]; factor: number }[]): CostLine[] {
  const sums = new Map<string, CostLine>();
  for (const { lines, factor } of parts)
    for (const each of lines) {
      const key = `${each.part} ${each.name} ${each.price} ${each.event}`;
      const { quantity = 0, dollars = 0 } = sums.get(key) ?? {};
      const { quantity: more, dollars: cost } = each;
      sums.set(key, { ...each, quantity: quantity + more * factor, dollars: dollars + cost * factor });
    }
  return [...sums.values()];
}

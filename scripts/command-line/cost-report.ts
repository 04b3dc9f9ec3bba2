import { type FixedResources, fixedCost, MONTH_SECONDS } from '../../cost/bill.ts';
import { concurrencyFor, meanConcurrency } from '../../cost/concurrency.ts';
import { type CostLine, PARTS, sumsBy, total } from '../../cost/cost.ts';
import type { SystemFacts } from '../../cost/facts.ts';
import { growthOf } from '../../cost/growth.ts';
import { addressesFor, type Limit, limitsOf, type StageLimits } from '../../cost/limits.ts';
import { costOfMix, loadOf, type MixPart } from '../../cost/load.ts';
import { costOfUse } from '../../cost/operation-use.ts';
import type { Measured } from '../../operator/cost/measure.ts';
import { table } from './table.ts';

const MILLION = 1_000_000;
/** Share of the time in which the environments suffice. */
const ENOUGH = 0.999;
const MAX_LIMITS = 10;

/** A measured system, and how it is used. */
export interface Study {
  facts: SystemFacts;
  stage: StageLimits;
  fixed: FixedResources;
  measured: Measured[];
  /** Share of cold starts, 0 to 1. */
  coldShare: number;
}

export interface Scale {
  mix: MixPart[];
  /** Requests a second. */
  rate: number;
  /** Highest rate divided by the mean. */
  peak: number;
}

/** Cost of a million requests of an operation in US dollars. */
export interface OperationCost {
  operation: string;
  result?: string;
  dollars: number;
  parts: Record<string, number>;
  /** By function, table, event and part of the door. */
  names: Record<string, number>;
  growth?: { fixed: number; perItem: number };
}

/** Returns the cost of a million requests of each operation, the most expensive first. */
export function operationCosts({ facts, measured, coldShare }: Study): OperationCost[] {
  return measured
    .map((use) => {
      const lines = perMillion(costOfUse(use, facts, coldShare));
      const points = use.sizes.map((size) => ({
        items: size.items,
        dollars: total(perMillion(costOfUse(size, facts, coldShare))),
      }));
      const growth = growthOf(points);
      return {
        operation: use.name,
        ...(use.result && { result: use.result }),
        dollars: total(lines),
        parts: Object.fromEntries(sumsBy(lines, ({ part }) => part)),
        names: Object.fromEntries(sumsBy(lines, nameOf)),
        ...(growth && { growth }),
      };
    })
    .sort((a, b) => b.dollars - a.dollars);
}

/** A function and its table have the same name. */
function nameOf({ part, name }: CostLine): string {
  return part === 'reads' || part === 'writes' ? `table ${name}` : name;
}

/** Formats the costs of operations: by part, by growth, and by function and table. */
export function describeOperations(costs: readonly OperationCost[]): string {
  const names = [...new Set(costs.flatMap((cost) => Object.keys(cost.names)))].sort();
  const shares = names.map((name) => [
    name,
    ...costs.map((cost) => (cost.names[name] ? `${Math.round((100 * cost.names[name]) / cost.dollars)} %` : '')),
  ]);
  const rows = costs.map(({ operation, result, dollars, parts, growth }) => [
    operation,
    money(dollars),
    ...PARTS.map((part) => (parts[part] ? money(parts[part]) : '')),
    growth ? `${money(growth.fixed)} + ${money(growth.perItem)}/item` : '',
    result ?? '',
  ]);
  return [
    'A million requests, in US dollars:',
    table([['operation', 'total', ...PARTS, 'growth', 'result'], ...rows]),
    '',
    'Shares of functions, tables and events:',
    table([['', ...costs.map(({ operation }) => operation)], ...shares]),
  ].join('\n');
}

/** A month at a rate, and what it needs. */
export interface ScaleReport {
  /** US dollars a month, by part; the second list has the costs that do not depend on the rate. */
  bill: { part: string; dollars: number }[];
  fixed: { name: string; dollars: number }[];
  total: number;
  functions: { name: string; mean: number; enough: number; atPeak: number }[];
  limits: Limit[];
  /** Client addresses that the rate needs to stay under the firewall's limit. */
  addresses?: number;
}

/** Returns the month's bill at a rate, the concurrency of each function, and the limits that are met first. */
export function scaleReport({ facts, stage, fixed, coldShare }: Study, { mix, rate, peak }: Scale): ScaleReport {
  const variable = costOfMix(mix, facts, coldShare).map((each) => scaled(each, rate * MONTH_SECONDS));
  const constant = fixedCost(fixed, facts.prices);
  const load = loadOf(mix);
  const addresses = addressesFor(rate * peak, stage);
  return {
    bill: sumsBy(variable, ({ part }) => part).map(([part, dollars]) => ({ part, dollars })),
    fixed: constant.map(({ name, quantity, price, dollars }) => ({ name: `${name}: ${quantity} × ${price}`, dollars })),
    total: total(variable) + total(constant),
    functions: load.functions.map(({ name, seconds }) => {
      const mean = meanConcurrency(rate, seconds);
      return { name, mean, enough: concurrencyFor(ENOUGH, mean), atPeak: concurrencyFor(ENOUGH, mean * peak) };
    }),
    limits: limitsOf(load, stage, peak),
    ...(addresses !== undefined && { addresses }),
  };
}

/** Formats a scale report. */
export function describeScale(report: ScaleReport, { rate, peak }: Scale): string {
  const { bill, fixed, total: sum, functions, limits, addresses } = report;
  const rounded = (value: number) => (value >= 100 ? value.toFixed(0) : value.toPrecision(2));
  return [
    `A month at ${rate} requests a second (${Math.round((rate * MONTH_SECONDS) / MILLION)} million), in US dollars:`,
    table([
      ['', 'a month'],
      ...bill.map(({ part, dollars }) => [part, money(dollars)]),
      ...fixed.map(({ name, dollars }) => [name, money(dollars)]),
      ['total', money(sum)],
    ]),
    '',
    `Environments busy at once (mean; enough for ${ENOUGH * 100} % of the time; the same at the peak, ${peak} times the rate):`,
    table([
      ['', 'mean', 'enough', 'at the peak'],
      ...functions.map(({ name, mean, enough, atPeak }) => [name, rounded(mean), String(enough), String(atPeak)]),
    ]),
    '',
    `Limits in the order in which they are met, as the mean rate at whose peak they are:`,
    ...limits.slice(0, MAX_LIMITS).map((limit) => limitLine(limit, rate)),
    ...(addresses ? [`The firewall's limit per address: the peak must come from ${addresses} addresses or more.`] : []),
  ].join('\n');
}

function limitLine({ name, limit, rate: metAt, only, change }: Limit, rate: number): string {
  const mark = metAt <= rate ? '✗' : '✓';
  return `  ${mark} ${Math.floor(metAt)} requests/s: ${name}, ${limit}${only ? `, ${only}` : ''}. To change it: ${change}.`;
}

function perMillion(lines: readonly CostLine[]): CostLine[] {
  return lines.map((each) => scaled(each, MILLION));
}

function scaled(line: CostLine, factor: number): CostLine {
  return { ...line, quantity: line.quantity * factor, dollars: line.dollars * factor };
}

function money(dollars: number): string {
  return Math.abs(dollars) >= 100 ? dollars.toFixed(0) : dollars.toFixed(2);
}

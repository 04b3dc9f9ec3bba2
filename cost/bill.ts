import { type CostLine, line } from './cost.ts';
import type { Prices } from './prices.ts';

/** 730 hours, as AWS's calculator counts. */
export const MONTH_SECONDS = 730 * 3_600;

/** Numbers of resources with a monthly price. */
export interface FixedResources {
  firewalls: number;
  firewallRules: number;
  alarms: number;
  dashboards: number;
  /** CloudWatch metrics, by name and dimensions. */
  metrics: number;
}

/** Returns the monthly cost of resources that cost the same at any rate. */
export function fixedCost(resources: FixedResources, prices: Prices): CostLine[] {
  const { firewalls, firewallRules, alarms, dashboards, metrics } = resources;
  return [
    line(prices, 'door', 'WAF', 'wafAcl', firewalls),
    line(prices, 'door', 'WAF', 'wafRule', firewallRules),
    line(prices, 'logs', 'alarms', 'alarm', alarms),
    line(prices, 'logs', 'dashboards', 'dashboard', dashboards),
    line(prices, 'logs', 'metrics', 'metric', metrics),
  ].filter(({ quantity }) => quantity > 0);
}

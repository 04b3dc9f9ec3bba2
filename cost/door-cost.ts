import { type CostLine, GB, line } from './cost.ts';
import type { Door, SystemFacts } from './facts.ts';
import type { PriceName } from './prices.ts';

/** Sizes of one request, in bytes. */
export interface RequestSizes {
  request: number;
  response: number;
}

/** Returns the cost of a request at the door, and of its response to the internet. */
export function doorCost({ response }: RequestSizes, { prices, door }: SystemFacts): CostLine[] {
  const priced = (price: PriceName, quantity: number, name: string) => line(prices, 'door', name, price, quantity);
  const perRequest: Record<Door, CostLine[]> = {
    CloudFront: [priced('cloudFrontRequest', 1, 'CloudFront'), priced('cloudFrontOut', response / GB, 'CloudFront')],
    WAF: [priced('wafRequest', 1, 'WAF')],
    'function URL': [priced('functionUrlRequest', 1, 'function URL')],
  };
  return [
    ...door.flatMap((each) => perRequest[each]),
    // The way from AWS to CloudFront is free.
    ...(door.includes('CloudFront') ? [] : [priced('dataOut', response / GB, 'data out')]),
  ];
}

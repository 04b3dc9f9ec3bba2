import { type CostLine, GB, line } from './cost.ts';
import type { Door, SystemFacts } from './facts.ts';
import type { PriceName } from './prices.ts';

/** Sizes of one request, in bytes. */
export interface RequestSizes {
  request: number;
  response: number;
}

const HTTP_API_INCREMENT = 512 * 1_024;

/** Returns the cost of a request at the door, and of its response to the internet. */
export function doorCost(
  { request, response }: RequestSizes,
  { prices, door, accessLogBytes }: SystemFacts,
): CostLine[] {
  const priced = (price: PriceName, quantity: number, name: string) => line(prices, 'door', name, price, quantity);
  const calls = Math.max(1, Math.ceil(Math.max(request, response) / HTTP_API_INCREMENT));
  const perRequest: Record<Door, CostLine[]> = {
    CloudFront: [priced('cloudFrontRequest', 1, 'CloudFront'), priced('cloudFrontOut', response / GB, 'CloudFront')],
    WAF: [priced('wafRequest', 1, 'WAF')],
    'HTTP API': [priced('httpApiRequest', calls, 'HTTP API')],
    'function URL': [priced('functionUrlRequest', 1, 'function URL')],
  };
  return [
    ...door.flatMap((each) => perRequest[each]),
    // The way from AWS to CloudFront is free.
    ...(door.includes('CloudFront') ? [] : [priced('dataOut', response / GB, 'data out')]),
    ...(door.includes('HTTP API') ? [line(prices, 'logs', 'HTTP API', 'logIngestion', accessLogBytes / GB)] : []),
  ];
}

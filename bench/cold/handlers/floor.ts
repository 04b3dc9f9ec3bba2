import { request } from 'node:http';
import { requiredEnv } from '#platform/env.ts';

/** Lower bound for a gateway Lambda: forwards one subgraph call. */
export function handler(): Promise<{ statusCode: number; body: string }> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json' };
    const outgoing = request(`${requiredEnv('SUBGRAPHS_URL')}/books`, { method: 'POST', headers }, (incoming) => {
      let body = '';
      incoming.setEncoding('utf8');
      incoming.on('data', (chunk: string) => {
        body += chunk;
      });
      incoming.on('end', () => resolve({ statusCode: 200, body }));
    });
    outgoing.on('error', reject);
    outgoing.end('{"query":"{ __typename }"}');
  });
}

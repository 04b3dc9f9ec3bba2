import { onQuestion } from '../child.ts';
import { percentile } from '../statistics.ts';
import { HttpClient } from './http.ts';

/** Load to generate: sends the bodies in rotation. */
export interface LoadOrder {
  port: number;
  connections: number;
  milliseconds: number;
  bodies: string[];
  /** Expected response length for each body, from the comparison. */
  lengths: number[];
}

/** Result of a load. */
export interface LoadReport {
  requests: number;
  requestsPerSecond: number;
  p50Ms: number;
  p99Ms: number;
}

/** The program of the load generator. */
onQuestion<LoadOrder>({}, async ({ port, connections, milliseconds, bodies, lengths }) => {
  const client = new HttpClient(port, connections);
  const latencies: number[] = [];
  const start = performance.now();
  const end = start + milliseconds;

  /** With enough bodies, no two requests in flight are equal. */
  async function connection(first: number): Promise<void> {
    for (let turn = first; performance.now() < end; turn += connections) {
      const i = turn % bodies.length;
      const sent = performance.now();
      const { status, body } = await client.post('/graphql', bodies[i] ?? '');
      latencies.push(performance.now() - sent);
      if (status !== 200 || body.length !== lengths[i])
        throw new Error(`under load, page ${i} got status ${status}: ${body.slice(0, 300)}`);
    }
  }

  await Promise.all(Array.from({ length: connections }, (_, i) => connection(i)));
  client.close();
  const seconds = (performance.now() - start) / 1_000;
  return {
    requests: latencies.length,
    requestsPerSecond: latencies.length / seconds,
    p50Ms: percentile(latencies, 50),
    p99Ms: percentile(latencies, 99),
  } satisfies LoadReport;
});

import { onQuestion } from '../child.ts';
import { percentile } from '../statistics.ts';
import { HttpClient } from './http.ts';

/** What the load generator is to send: one of the bodies after the other, round and round. */
export interface LoadOrder {
  port: number;
  connections: number;
  milliseconds: number;
  bodies: string[];
  /** How long the answer to each body must be: what was found when the answers were compared. */
  lengths: number[];
}

/** What came of it. */
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

  /** The connections' turns never meet: as long as there are bodies enough, no two requests in flight are the same. */
  async function connection(first: number): Promise<void> {
    for (let turn = first; performance.now() < end; turn += connections) {
      const i = turn % bodies.length;
      const sent = performance.now();
      const { status, body } = await client.post('/graphql', bodies[i] ?? '');
      latencies.push(performance.now() - sent);
      if (status !== 200 || body.length !== lengths[i])
        throw new Error(`under load, page ${i} was answered with status ${status}: ${body.slice(0, 300)}`);
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

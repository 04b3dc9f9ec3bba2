import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../build/discover.ts';
import type { Connection } from '../operator/connection.ts';

/** The file in which a running system leaves its address and the operator's credentials, by port. */
export function connectionFile(port: number): string {
  return join(ROOT, '.data', `running-${port}.json`);
}

/** How to reach the system that runs at a port; an error says how to start one. */
export async function runningSystem(port: number): Promise<Connection> {
  const file = connectionFile(port);
  const connection = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Connection) : undefined;
  const answers = connection && (await fetch(`${connection.url}/health`).catch(() => undefined));
  if (connection && answers?.ok) return connection;
  throw new Error(
    `Nothing runs at port ${port}: start the system with "npm start" first, or name its port with --port.`,
  );
}

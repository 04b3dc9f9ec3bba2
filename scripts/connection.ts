import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../build/discover.ts';
import type { Connection } from '../operator/connection.ts';

/** Returns the path of the file with a running system's address and operator credentials. */
export function connectionFile(port: number): string {
  return join(ROOT, '.data', `running-${port}.json`);
}

/** Returns the connection to the system running at a port; throws if there is none. */
export async function runningSystem(port: number): Promise<Connection> {
  const file = connectionFile(port);
  const connection = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Connection) : undefined;
  const answers = connection && (await fetch(`${connection.url}/health`).catch(() => undefined));
  if (connection && answers?.ok) return connection;
  throw new Error(`No system is running at port ${port}: start it with "npm start", or pass its port with --port.`);
}

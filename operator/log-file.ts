import { createWriteStream, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../build/discover.ts';

export interface LoggedLine {
  functionName: string;
  line: string;
}

function logFile(port: number): string {
  return join(ROOT, '.data', `logs-${port}.jsonl`);
}

/** Starts a new log file for the system at a port. */
export function openLog(port: number): { write: (logged: LoggedLine) => void; close: () => void } {
  const file = createWriteStream(logFile(port), { flags: 'w' });
  return { write: (logged) => file.write(`${JSON.stringify(logged)}\n`), close: () => file.end() };
}

/** Reads the log of the current or last system at a port; throws if there is none. */
export function readLog(port: number): LoggedLine[] {
  const file = logFile(port);
  if (!existsSync(file))
    throw new Error(`No system has run at port ${port}: start one with "npm start", or pass its port with --port.`);
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.filter(Boolean).map((line) => JSON.parse(line) as LoggedLine);
}

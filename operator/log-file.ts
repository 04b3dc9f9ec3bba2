import { createWriteStream, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../build/discover.ts';

/** A line that a function wrote. */
export interface LoggedLine {
  functionName: string;
  line: string;
}

function logFile(port: number): string {
  return join(ROOT, '.data', `logs-${port}.jsonl`);
}

/** Begins the log of a system: every line of its functions, in the order in which they came. */
export function openLog(port: number): { write: (logged: LoggedLine) => void; close: () => void } {
  const file = createWriteStream(logFile(port), { flags: 'w' });
  return { write: (logged) => file.write(`${JSON.stringify(logged)}\n`), close: () => file.end() };
}

/** The lines of the system that runs at a port, or ran there last; an error says how to start one. */
export function readLog(port: number): LoggedLine[] {
  const file = logFile(port);
  if (!existsSync(file))
    throw new Error(`Nothing ran at port ${port}: start the system with "npm start", or name its port with --port.`);
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.filter(Boolean).map((line) => JSON.parse(line) as LoggedLine);
}

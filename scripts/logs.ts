import { parseArgs } from 'node:util';
import { LogPrinter } from '../local/logs/log-printer.ts';
import { readLog } from '../operator/log-file.ts';
import { fail, portFrom } from './command-line/arguments.ts';

const HELP = `Usage: npm run logs -- [options]

Shows the log of the running system's functions, in order.

  --request ID    show one request across all functions; the response header x-request-id has its id
  --service NAME  show one service
  --port N        port of the system (default 4000, or the environment variable PORT)
  --help          show this
`;

try {
  const { values } = parseArgs({
    options: {
      request: { type: 'string' },
      service: { type: 'string' },
      port: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) process.stdout.write(HELP);
  else show(portFrom(values.port), values);
} catch (error) {
  fail(error);
}

function show(port: number, { request, service }: { request?: string; service?: string }): void {
  const lines = readLog(port).filter(
    ({ functionName, line }) => (!service || functionName === service) && (!request || requestIdIn(line) === request),
  );
  if (lines.length === 0) throw new Error(`There are no log lines${request ? ` of the request ${request}` : ''}.`);
  const printer = new LogPrinter(process.stdout);
  for (const { functionName, line } of lines) printer.print(functionName, line);
}

function requestIdIn(line: string): unknown {
  try {
    return (JSON.parse(line) as { requestId?: unknown }).requestId;
  } catch {
    return undefined;
  }
}

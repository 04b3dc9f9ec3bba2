import { parseArgs } from 'node:util';
import { fail, portFrom } from './command-line/arguments.ts';
import { runningSystem } from './connection.ts';

const HELP = `Usage: npm run --silent token -- --as EMAIL [--scope "a b"] [--port N]

Prints a token of the local issuer. A known address, such as one from the graph's seed, signs in as that user; an unknown one
creates a user.
`;

try {
  const { values } = parseArgs({
    options: {
      as: { type: 'string' },
      scope: { type: 'string' },
      port: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) process.stdout.write(HELP);
  else if (!values.as) throw new Error(`Name the user: --as EMAIL.\n\n${HELP}`);
  else process.stdout.write(`${await token(values.as, values.scope, portFrom(values.port))}\n`);
} catch (error) {
  fail(error);
}

async function token(email: string, scope: string | undefined, port: number): Promise<string> {
  const { url } = await runningSystem(port);
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`${url}/identity/token`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ email, scope }),
  });
  const answer = (await response.json()) as { token?: string; message?: string };
  if (!answer.token) throw new Error(`No token: ${answer.message}`);
  return answer.token;
}

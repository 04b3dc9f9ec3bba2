import { fail, portFrom } from './command-line/arguments.ts';
import { run } from './command-line/run.ts';
import { runningSystem } from './connection.ts';
import { localAccess } from './local-access.ts';

const HELP = `Usage: npm run aws -- [--port N] SERVICE COMMAND …

Runs the AWS CLI against the system that runs on this machine, with its address and credentials. For example:

  npm run aws -- cloudformation describe-stack-events --stack-name GRAPH-dev-gateway
  npm run aws -- lambda list-functions
  npm run aws -- dynamodb scan --table-name TABLE

  --port N   port of the system (default 4000, or the environment variable PORT); first
  --help     show this; first
`;

const NOT_INSTALLED =
  'The AWS CLI is not installed: see https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html.';

try {
  const [first, ...others] = process.argv.slice(2);
  if (first === undefined || first === '--help') process.stdout.write(HELP);
  else if (first === '--port') await aws(others.slice(1), others[0]);
  else await aws([first, ...others]);
} catch (error) {
  fail((error as NodeJS.ErrnoException).code === 'ENOENT' ? new Error(NOT_INSTALLED) : error);
}

async function aws(args: string[], port?: string): Promise<void> {
  const connection = await runningSystem(portFrom(port));
  // Some versions of the AWS CLI do not apply AWS_ENDPOINT_URL to every service.
  const endpoint = ['--endpoint-url', connection.aws.endpoint];
  process.exitCode = run('aws', [...endpoint, ...args], { ...localAccess(connection), AWS_PAGER: '' });
}

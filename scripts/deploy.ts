import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SSMClient } from '@aws-sdk/client-ssm';
import { buildLambdas } from '../build/build.ts';
import { discoverSubgraphs, NO_SERVICE_YET } from '../build/discover.ts';
import type { Connection } from '../operator/connection.ts';
import { declaredTables } from '../operator/declared-tables.ts';
import { type Deployment, deploymentFrom } from '../operator/deployment.ts';
import { type DeclaredTable, tableProblems } from '../operator/table-check.ts';
import { fail, portFrom } from './command-line/arguments.ts';
import { run } from './command-line/run.ts';
import { runningSystem } from './connection.ts';
import { localAccess } from './local-access.ts';

const HELP = `Usage: npm run deploy -- [SERVICE…] [--stage dev|prod] [--yes] [--local [--port N]]

Deploys services to AWS independently: subgraphs, gateway, identity, events, operations. Without a name, deploys all.
The gateway is last: its deployment fails and rolls back if a deployed subgraph lacks fields it needs. If the stage has a
firewall, its stack in us-east-1 is deployed right before the gateway.

  --stage S  the stage (default dev)
  --yes      skip confirmations, for CI
  --local    deploy to the system that runs on this machine, without an account: a rehearsal
  --port N   port of that system (default 4000, or the environment variable PORT)
  --help     show this
`;

/** Folder of the cloud assembly, as in `cdk.json`. */
const OUTPUT = 'cdk.out';

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      stage: { type: 'string', default: 'dev' },
      yes: { type: 'boolean', default: false },
      local: { type: 'boolean', default: false },
      port: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) process.stdout.write(HELP);
  else if (values.port && !values.local) throw new Error('--port needs --local.');
  else process.exitCode = await deploy(deploymentFrom(positionals, values.stage), positionals, values);
} catch (error) {
  fail(error);
}

interface Options {
  yes: boolean;
  local: boolean;
  port?: string;
}

async function deploy(
  { rounds, stage, firewall }: Deployment,
  services: string[],
  { yes, local, port }: Options,
): Promise<number> {
  if (discoverSubgraphs().length === 0) throw new Error(NO_SERVICE_YET);
  const connection = local ? await runningStage(portFrom(port), stage) : undefined;
  const variables = connection ? localAccess(connection) : {};
  await checkTables(await declaredTables(stage, services), connection);
  await buildLambdas();
  const approval = yes || local ? 'never' : 'broadening';
  // Once for all rounds.
  const synthesized = run('cdk', ['synth', '--quiet', '--output', OUTPUT, '--context', `stage=${stage}`], variables);
  if (synthesized !== 0) return synthesized;
  const options = ['--app', OUTPUT, '--require-approval', approval, '--concurrency', '1'];
  const cdkDeploy = (args: string[]) => run('cdk', ['deploy', ...args], variables);
  for (const stacks of rounds) {
    if (firewall && stacks.includes(firewall.before)) {
      const arn = deployFirewall(firewall, (args) => cdkDeploy([...args, ...options]));
      if (!arn) return 1;
      options.push('--parameters', `${firewall.before}:FirewallArn=${arn}`);
    }
    const status = cdkDeploy([...stacks, ...options]);
    if (status !== 0) return status;
  }
  return 0;
}

/** Throws an error that lists what CloudFormation would refuse, before anything is built. */
async function checkTables(tables: DeclaredTable[], connection: Connection | undefined): Promise<void> {
  const access = connection?.aws ?? {};
  const clients = { dynamoDb: new DynamoDBClient(access), ssm: new SSMClient(access) };
  const problems = await tableProblems(tables, clients).catch((error: Error) => {
    // The deployment may still succeed; without credentials or a region, the CDK CLI says what is missing.
    process.stderr.write(`The tables were not compared with the deployed ones: ${error.message}\n`);
    return [];
  });
  if (problems.length === 0) return;
  throw new Error(['AWS would refuse this deployment:', ...problems.map((each) => `- ${each}`)].join('\n'));
}

/** Returns the running system's connection. Throws if it runs another stage, whose stacks have other names. */
async function runningStage(port: number, stage: string): Promise<Connection> {
  const connection = await runningSystem(port);
  const { stage: running = 'dev' } = connection;
  if (running === stage) return connection;
  throw new Error(`The system at port ${port} runs the stage ${running}: pass --stage ${running}.`);
}

/** Deploys the firewall's stack; returns the firewall's ARN, or undefined if the deployment failed. */
function deployFirewall({ stack }: { stack: string }, cdkDeploy: (args: string[]) => number): string | undefined {
  const scratch = mkdtempSync(join(tmpdir(), 'deploy-'));
  const outputs = join(scratch, 'outputs.json');
  try {
    if (cdkDeploy([stack, '--outputs-file', outputs]) !== 0) return undefined;
    return (JSON.parse(readFileSync(outputs, 'utf8')) as Record<string, { Arn: string }>)[stack]?.Arn;
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildLambdas } from '../build/build.ts';
import { discoverSubgraphs, NO_SERVICE_YET, ROOT } from '../build/discover.ts';
import { type Deployment, deploymentFrom } from '../operator/deployment.ts';
import { fail } from './command-line/arguments.ts';

const HELP = `Usage: npm run deploy -- [SERVICE…] [--stage dev|prod] [--yes]

Deploys services to AWS independently: subgraphs, gateway, identity, events, operations. Without a name, deploys all.
The gateway is last: its deployment fails and rolls back if a deployed subgraph lacks fields it needs. If the stage has a
firewall, its stack in us-east-1 is deployed right before the gateway.

  --stage S  the stage (default dev)
  --yes      skip confirmations, for CI
  --help     show this
`;

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      stage: { type: 'string', default: 'dev' },
      yes: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) process.stdout.write(HELP);
  else process.exitCode = await deploy(deploymentFrom(positionals, values.stage), values.yes);
} catch (error) {
  fail(error);
}

async function deploy({ rounds, stage, firewall }: Deployment, isSure: boolean): Promise<number> {
  if (discoverSubgraphs().length === 0) throw new Error(NO_SERVICE_YET);
  await buildLambdas();
  const approval = isSure ? 'never' : 'broadening';
  const options = ['--context', `stage=${stage}`, '--require-approval', approval, '--concurrency', '1'];
  for (const stacks of rounds) {
    if (firewall && stacks.includes(firewall.before)) {
      const arn = deployFirewall(firewall, options);
      if (!arn) return 1;
      options.push('--parameters', `${firewall.before}:FirewallArn=${arn}`);
    }
    const status = cdkDeploy([...stacks, ...options]);
    if (status !== 0) return status;
  }
  return 0;
}

/** Deploys the firewall's stack; returns the firewall's ARN, or undefined if the deployment failed. */
function deployFirewall({ stack }: { stack: string }, options: string[]): string | undefined {
  const scratch = mkdtempSync(join(tmpdir(), 'deploy-'));
  const outputs = join(scratch, 'outputs.json');
  try {
    if (cdkDeploy([stack, ...options, '--outputs-file', outputs]) !== 0) return undefined;
    return (JSON.parse(readFileSync(outputs, 'utf8')) as Record<string, { Arn: string }>)[stack]?.Arn;
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

function cdkDeploy(options: string[]): number {
  return (
    spawnSync('cdk', ['deploy', ...options], { cwd: ROOT, stdio: 'inherit', shell: process.platform === 'win32' })
      .status ?? 1
  );
}

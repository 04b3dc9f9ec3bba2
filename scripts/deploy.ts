import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildLambdas } from '../build/build.ts';
import { ROOT } from '../build/discover.ts';
import { fail } from './arguments.ts';
import { type Deployment, deploymentFrom } from './deployment.ts';
import { graphName } from './graph-name.ts';

const HELP = `Usage: npm run deploy -- [SERVICE…] [--stage dev|prod] [--yes]

Deploys services to AWS, each alone: subgraphs, gateway, identity, events, operations. Without a name, all of them, the gateway last.
With the gateway of a stage that has one goes its firewall, which is in us-east-1.

  --stage S  the stage (default dev)
  --yes      asks nothing, for machines
  --help     shows this
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
  else process.exitCode = await deploy(deploymentFrom(graphName(), positionals, values.stage), values.yes);
} catch (error) {
  fail(error);
}

async function deploy({ stacks, stage, firewall }: Deployment, isSure: boolean): Promise<number> {
  await buildLambdas();
  const approval = isSure ? 'never' : 'broadening';
  const options = ['--context', `stage=${stage}`, '--require-approval', approval, '--concurrency', '1'];
  const scratch = mkdtempSync(join(tmpdir(), 'deploy-'));
  const outputs = join(scratch, 'outputs.json');
  try {
    if (firewall) {
      const status = cdkDeploy([firewall.stack, ...options, '--outputs-file', outputs]);
      if (status !== 0) return status;
      const { Arn } = JSON.parse(readFileSync(outputs, 'utf8'))[firewall.stack] as { Arn: string };
      options.push('--parameters', `${firewall.before}:FirewallArn=${Arn}`);
    }
    return cdkDeploy([...stacks, ...options]);
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

function cdkDeploy(options: string[]): number {
  return spawnSync('cdk', ['deploy', ...options], { cwd: ROOT, stdio: 'inherit' }).status ?? 1;
}

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildLambdas } from '../build/build.ts';
import { ROOT } from '../build/discover.ts';
import { fail } from './arguments.ts';
import { type Deployment, deploymentFrom } from './deployment.ts';

const HELP = `Usage: npm run deploy -- [SERVICE…] [--stage dev|prod] [--yes]

Deploys services to AWS, each alone: subgraphs, gateway, identity, events, operations. Without a name, all of them.
The gateway comes last: its deployment fails, and goes back by itself, when a deployed subgraph lacks what it relies on.

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

async function deploy({ rounds, stage }: Deployment, isSure: boolean): Promise<number> {
  await buildLambdas();
  const approval = isSure ? 'never' : 'broadening';
  const options = ['--context', `stage=${stage}`, '--require-approval', approval, '--concurrency', '1'];
  for (const stacks of rounds) {
    const { status } = spawnSync('cdk', ['deploy', ...stacks, ...options], { cwd: ROOT, stdio: 'inherit' });
    if (status !== 0) return status ?? 1;
  }
  return 0;
}

function graphName(): string {
  const { context } = JSON.parse(readFileSync(join(ROOT, 'cdk.json'), 'utf8')) as { context: { graph: string } };
  return context.graph;
}

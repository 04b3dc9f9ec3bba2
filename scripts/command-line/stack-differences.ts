import { serviceName } from '../../infra/settings.ts';
import type { StackDifference } from '../../local/aws/cloudformation/deployed-stacks.ts';

export interface RunningStage {
  graph: string;
  stage: string;
  port: number;
}

/** Returns a line for each stack that does not run as the source has it, with what to do. */
export function differenceLines(differences: StackDifference[], running: RunningStage): string[] {
  return differences.map(({ name, kind }) => {
    const deploy = `"${deployCommand(name, running)}"`;
    if (kind === 'changed')
      return `  ${name} runs as it was deployed, not as in the source: ${deploy} deploys the source`;
    if (kind === 'destroyed') return `  ${name} does not run, because it was destroyed: ${deploy} creates it again`;
    return `  ${name} runs as it was deployed, and is not in the source`;
  });
}

function deployCommand(stack: string, { graph, stage, port }: RunningStage): string {
  const service = stack.slice(serviceName({ graph, stage }, '').length);
  return `npm run deploy -- ${service} --local --stage ${stage} --port ${port}`;
}

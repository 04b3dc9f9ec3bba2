import type { Door } from '../../cost/facts.ts';
import type { SystemModel } from './model.ts';

/** Facts of a system on which the cost of its requests depends. */
export interface SystemDescription {
  door: readonly Door[];
  /** Whether the bus has an archive. */
  isArchived: boolean;
  functions: FunctionDescription[];
}

export interface FunctionDescription {
  /** Lambda's name of the function. */
  name: string;
  /** MB. */
  memory: number;
}

/** Returns the facts of a synthesized system that its costs depend on. */
export function describeSystem({ edge, archives, functions }: SystemModel): SystemDescription {
  return {
    door: edge.hasDistribution ? ['CloudFront', 'WAF', 'function URL'] : ['function URL'],
    isArchived: archives.length > 0,
    functions: functions.map(({ name, memory }) => ({ name, memory })),
  };
}

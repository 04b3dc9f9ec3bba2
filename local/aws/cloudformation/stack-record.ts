import type { TemplateResource } from '../../assembly/read-assembly.ts';

/** A stack as CloudFormation keeps it. Times are milliseconds since the epoch. */
export interface StackRecord {
  /** ARN. */
  id: string;
  name: string;
  status: string;
  reason?: string | undefined;
  created: number;
  updated?: number;
  deleted?: number;
  /** Text of the last template that was deployed in full; empty before the first. */
  template: string;
  parameters: Record<string, string>;
  /** Values of the SSM parameters that `parameters` name. */
  resolvedParameters: Record<string, string>;
  tags: Record<string, string>;
  capabilities: string[];
  outputs: Output[];
  isProtected: boolean;
  /** Whether the running assembly or a deployment made its present state. */
  origin: 'assembly' | 'deployment';
  /** Hash of the stack in the assembly that was run last; a deployed state is kept until it changes. */
  assemblyHash?: string;
  changeSetId?: string;
}

export interface Output {
  key: string;
  value: string;
  description?: string | undefined;
  exportName?: string | undefined;
}

/** A resource of a stack. */
export interface ResourceState {
  logicalId: string;
  type: string;
  physicalId: string;
  status: string;
  reason?: string | undefined;
  updated: number;
  definition: TemplateResource;
  attributes: Record<string, string>;
  /** Whether `physicalId` follows from the template, also after a restart at another address. */
  isDerived: boolean;
}

/** An event of a stack. */
export interface StackEvent {
  id: string;
  stackId: string;
  stackName: string;
  logicalId: string;
  physicalId: string;
  type: string;
  time: number;
  status: string;
  reason?: string | undefined;
  properties?: string | undefined;
  token?: string | undefined;
}

/** What a stack is to become. */
export interface Target {
  template: string;
  parameters: Record<string, string>;
  resolvedParameters: Record<string, string>;
  tags: Record<string, string>;
  capabilities: string[];
}

/** A change set, with everything that its execution needs. */
export interface ChangeSet extends Target {
  id: string;
  name: string;
  stackId: string;
  description?: string | undefined;
  created: number;
  status: 'CREATE_COMPLETE' | 'FAILED';
  reason?: string | undefined;
  executionStatus: 'AVAILABLE' | 'UNAVAILABLE';
  changes: Change[];
  /** Whether a failure leaves what was done, for a look at it. */
  disablesRollback: boolean;
}

/** One resource's change in a change set. */
export interface Change {
  action: 'Add' | 'Modify' | 'Remove';
  logicalId: string;
  physicalId?: string | undefined;
  type: string;
  replacement?: 'True' | 'False' | 'Conditional';
  scope: string[];
  details: { attribute: string; name?: string; recreation: 'Always' | 'Never' | 'Conditionally' }[];
}

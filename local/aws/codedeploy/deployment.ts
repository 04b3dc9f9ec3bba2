import type { TrafficStep } from './traffic-shift.ts';

export interface AliasRef {
  functionName: string;
  alias: string;
}

/** Events after which a deployment group moves the alias back. */
export type RollbackEvent = 'DEPLOYMENT_FAILURE' | 'DEPLOYMENT_STOP_ON_ALARM' | 'DEPLOYMENT_STOP_ON_REQUEST';

/** How the versions of an alias are deployed. */
export interface DeploymentGroup {
  application: string;
  name: string;
  configName: string;
  /** Names of the alarms that stop a deployment. */
  alarms: string[];
  rollbackOn: RollbackEvent[];
}

/** Deployment group of an alias. */
export interface AliasDeployment extends AliasRef {
  application: string;
  group: string;
}

/** A deployment configuration of a template. */
export interface DeploymentConfig {
  name: string;
  steps: TrafficStep[];
}

/** Result of a deployment. */
export type Outcome =
  | { id: string; status: 'Succeeded' }
  | { id: string; status: 'Stopped' | 'Failed'; reason: string; isRolledBack: boolean };

/** A shift of an alias from one version to another. */
export interface Deployment {
  id: string;
  alias: AliasRef;
  from: string;
  to: string;
  group: DeploymentGroup | undefined;
  /** Share of the new version, from 0 to 1. */
  share: number;
  /** Milliseconds that it waits at this share. */
  wait: number;
  /** Epoch milliseconds. */
  createdAt: number;
  endedAt?: number;
  /** Undefined while it is in progress. */
  outcome?: Outcome;
}

const MINUTE = 60_000;

/** Returns a line about the state of a deployment, for people. */
export function progressLine({ alias, from, to, share, wait, outcome }: Deployment): string {
  const subject = `Deployment of ${alias.functionName}:${alias.alias}, version ${from} → ${to}:`;
  if (!outcome) return `${subject} ${Math.round(share * 100)} % of the calls, for ${wait / MINUTE} min`;
  if (outcome.status === 'Succeeded') return `${subject} done, all calls`;
  const state = outcome.isRolledBack ? `rolled back to version ${from}` : `stopped at ${Math.round(share * 100)} %`;
  return `${subject} ${state}. ${outcome.reason}`;
}

import { randomBytes } from 'node:crypto';
import type { Alarms } from '../alarms/alarms.ts';
import { AwsError } from '../aws-service.ts';
import type { Clock } from '../clock.ts';
import type { AliasRoute } from '../lambda/function-versions.ts';
import type { LambdaService } from '../lambda/lambda-service.ts';
import type { AliasRef, Deployment, DeploymentGroup, Outcome, RollbackEvent } from './deployment.ts';
import type { TrafficStep } from './traffic-shift.ts';

export interface DeploymentsOptions {
  clock: Clock;
  lambda: LambdaService;
  alarms: Alarms;
  /** Returns the deployment group of an alias; undefined if it has none. */
  groupOf: (alias: AliasRef) => DeploymentGroup | undefined;
  /** Returns the steps of a group's configuration. Throws an error if there is no such configuration. */
  stepsOf: (group: DeploymentGroup) => TrafficStep[];
  /** Called after each step and at the end. */
  onProgress: (deployment: Deployment) => void;
}

/** Why a deployment ends early. */
interface Interruption {
  event: RollbackEvent;
  reason: string;
}

const ALL_AT_ONCE: TrafficStep[] = [{ share: 1, wait: 0 }];
/** Ended deployments that are kept. */
const MAX_ENDED = 100;

/** CodeDeploy for Lambda: moves an alias to another version step by step, and back if an alarm of its group fires. */
export class Deployments {
  readonly #options: DeploymentsOptions;
  readonly #deployments = new Map<string, Deployment>();
  /** Controllers that stop deployments in progress, by id; the reason of the abort is the reason of the stop. */
  readonly #stops = new Map<string, AbortController>();

  constructor(options: DeploymentsOptions) {
    this.#options = options;
  }

  /** Returns all deployments, latest first. */
  all(): Deployment[] {
    return [...this.#deployments.values()].reverse();
  }

  find(id: string): Deployment | undefined {
    return this.#deployments.get(id);
  }

  /**
   * Moves an alias from one version to another as its deployment group says: all at once if it has none. Resolves at the end; rejects
   * only if another deployment of the alias is in progress.
   */
  async shift(alias: AliasRef, from: string, to: string): Promise<Outcome> {
    return this.begin(alias, from, to).ended;
  }

  /** Starts a deployment; `ended` resolves at its end. Throws an error if another one of the alias is in progress. */
  begin(alias: AliasRef, from: string, to: string): { id: string; ended: Promise<Outcome> } {
    const active = this.all().find((each) => !each.outcome && isSame(each.alias, alias));
    if (active) {
      const message = `The deployment ${active.id} of ${alias.functionName}:${alias.alias} is in progress: wait for it, or stop it.`;
      throw new AwsError('DeploymentLimitExceededException', message);
    }
    const { clock, groupOf } = this.#options;
    const id = `d-${randomBytes(5).toString('hex').slice(0, 9).toUpperCase()}`;
    const deployment = { id, alias, from, to, group: groupOf(alias), share: 0, wait: 0, createdAt: clock.now() };
    this.#deployments.set(id, deployment);
    return { id, ended: this.#run(deployment) };
  }

  /** Stops a deployment in progress, which rolls it back if its group says so; returns false if it is not in progress. */
  stop(id: string, reason = 'It was stopped on request.'): boolean {
    const stop = this.#stops.get(id);
    stop?.abort(reason);
    return stop !== undefined;
  }

  /** Stops all deployments. */
  close(): void {
    for (const stop of this.#stops.values()) stop.abort('The system was stopped.');
  }

  async #run(deployment: Deployment): Promise<Outcome> {
    const { group } = deployment;
    const stop = new AbortController();
    this.#stops.set(deployment.id, stop);
    try {
      for (const step of group ? this.#options.stepsOf(group) : ALL_AT_ONCE) {
        const interruption = this.#interruption(deployment, stop.signal);
        if (interruption) return this.#interrupt(deployment, interruption);
        await this.#take(deployment, step, stop.signal);
      }
      return this.#end(deployment, { id: deployment.id, status: 'Succeeded' });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return this.#interrupt(deployment, { event: 'DEPLOYMENT_FAILURE', reason });
    }
  }

  /** Moves the share of a step and waits, until the next step or until the deployment must end. */
  async #take(deployment: Deployment, { share, wait }: TrafficStep, stop: AbortSignal): Promise<void> {
    const { clock, lambda, alarms, onProgress } = this.#options;
    const { functionName, alias } = deployment.alias;
    lambda.setAlias(functionName, alias, routeOf({ ...deployment, share }));
    Object.assign(deployment, { share, wait });
    if (wait === 0) return;
    onProgress(deployment);
    const waiting = new AbortController();
    const signal = AbortSignal.any([stop, waiting.signal]);
    await Promise.race([clock.wait(wait, signal), alarms.whenFiring(deployment.group?.alarms ?? [], signal)]);
    waiting.abort();
  }

  /** Returns why a deployment must end, if it must. */
  #interruption(deployment: Deployment, stop: AbortSignal): Interruption | undefined {
    if (stop.aborted) return { event: 'DEPLOYMENT_STOP_ON_REQUEST', reason: String(stop.reason) };
    const alarm = this.#options.alarms.firing(deployment.group?.alarms ?? []);
    if (!alarm) return this.#conflict(deployment);
    const reason = `The alarm ${alarm.definition.name} is in the state ALARM. ${alarm.reason}`;
    return { event: 'DEPLOYMENT_STOP_ON_ALARM', reason };
  }

  /** Returns an interruption if the alias is no longer as this deployment left it, such as after a rebuild. */
  #conflict(deployment: Deployment): Interruption | undefined {
    const { lambda } = this.#options;
    const { functionName, alias } = deployment.alias;
    const route = lambda.has(functionName) ? lambda.versionsOf(functionName).aliases.get(alias) : undefined;
    const expected = routeOf(deployment);
    if (route?.version === expected.version && route.second?.version === expected.second?.version) return undefined;
    const found = route ? `points to version ${route.version}` : 'does not exist';
    const reason = `${functionName}:${alias} ${found}, and not as this deployment left it: something else has changed it.`;
    return { event: 'DEPLOYMENT_FAILURE', reason };
  }

  #interrupt(deployment: Deployment, { event, reason }: Interruption): Outcome {
    const { id, alias, from, group } = deployment;
    const isRolledBack = Boolean(group?.rollbackOn.includes(event)) && !this.#conflict(deployment);
    if (isRolledBack) this.#options.lambda.setAlias(alias.functionName, alias.alias, { version: from });
    const status = event === 'DEPLOYMENT_FAILURE' ? 'Failed' : 'Stopped';
    return this.#end(deployment, { id, status, reason, isRolledBack });
  }

  #end(deployment: Deployment, outcome: Outcome): Outcome {
    deployment.outcome = outcome;
    deployment.endedAt = this.#options.clock.now();
    this.#stops.delete(deployment.id);
    this.#options.onProgress(deployment);
    const ended = this.all().filter((each) => each.outcome);
    for (const { id } of ended.slice(MAX_ENDED)) this.#deployments.delete(id);
    return outcome;
  }
}

function routeOf({ from, to, share }: Deployment): AliasRoute {
  if (share >= 1) return { version: to };
  return { version: from, ...(share > 0 && { second: { version: to, weight: share } }) };
}

function isSame(a: AliasRef, b: AliasRef): boolean {
  return a.functionName === b.functionName && a.alias === b.alias;
}

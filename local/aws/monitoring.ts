import type { SystemModel } from '../assembly/model.ts';
import type { LoggedMetric } from '../logs/metrics.ts';
import type { AlarmState } from './alarms/alarm-definition.ts';
import { type Alarm, Alarms } from './alarms/alarms.ts';
import { CloudWatchApi } from './alarms/cloudwatch-api.ts';
import { MetricStore } from './alarms/metric-store.ts';
import { queueMetrics, recordCall } from './alarms/service-metrics.ts';
import type { AwsService } from './aws-service.ts';
import type { Clock } from './clock.ts';
import { CodeDeployApi } from './codedeploy/codedeploy-api.ts';
import type { AliasRef, DeploymentGroup, Outcome } from './codedeploy/deployment.ts';
import { progressLine } from './codedeploy/deployment.ts';
import { Deployments } from './codedeploy/deployments.ts';
import { predefinedSteps, type TrafficStep } from './codedeploy/traffic-shift.ts';
import type { FunctionCall, LambdaService } from './lambda/lambda-service.ts';
import { SnsApi } from './sns/sns-api.ts';
import { Topics } from './sns/topics.ts';
import type { QueueStore } from './sqs/queue-store.ts';

export interface MonitoringOptions {
  clock: Clock;
  lambda: LambdaService;
  queues: QueueStore;
  /** Returns the current model. */
  model: () => SystemModel;
  /** Called with each line for the operator: an alarm that fires, the progress of a deployment. */
  onNotice: (line: string) => void;
}

/** Metrics, alarms with their topics, and the deployments that alarms stop. */
export class Monitoring {
  readonly clock: Clock;
  readonly alarms: Alarms;
  readonly deployments: Deployments;
  /** Services by their name in signatures. */
  readonly services: Record<string, AwsService>;
  readonly #options: MonitoringOptions;
  readonly #metrics: MetricStore;
  readonly #topics: Topics;

  constructor(options: MonitoringOptions) {
    const { clock, lambda, queues, model, onNotice } = options;
    this.#options = options;
    this.clock = clock;
    this.#metrics = new MetricStore(() => clock.now());
    this.#topics = new Topics({
      topics: () => model().topics,
      subscriptions: () => model().emailSubscriptions,
      policyOf: (topicArn) => topicPolicy(model(), topicArn),
      onEmail: (address, { subject }) => onNotice(`E-mail to ${address}: ${subject}`),
    });
    this.alarms = new Alarms({
      clock,
      metrics: this.#metrics,
      gauges: () => model().queues.flatMap((queue) => queueMetrics(queue.name, queues.counts(queue))),
      onChange: (alarm, before) => this.#alarmChanged(alarm, before),
    });
    this.deployments = new Deployments({
      clock,
      lambda,
      alarms: this.alarms,
      groupOf: (alias) => groupOf(model(), alias),
      stepsOf: (group) => stepsOf(model(), group),
      onProgress: (deployment) => onNotice(progressLine(deployment)),
    });
    this.services = {
      monitoring: new CloudWatchApi(this.alarms),
      sns: new SnsApi(this.#topics),
      codedeploy: new CodeDeployApi(this.deployments, () => model().deploymentGroups),
    };
  }

  start(): void {
    this.alarms.start();
  }

  /** Replaces the alarms by those of the model; alarms on a version watch the newest that an alias has. */
  reload(): void {
    const { lambda, model } = this.#options;
    this.alarms.replaceAll(model().alarms);
    for (const name of lambda.names)
      for (const { version, second } of lambda.versionsOf(name).aliases.values())
        this.alarms.watchVersion(name, second?.version ?? version);
  }

  /** Moves an alias to another version as its deployment group says; alarms on a version watch the new one from the start. */
  deploy(alias: AliasRef, from: string, to: string): Promise<Outcome> {
    this.alarms.watchVersion(alias.functionName, to);
    return this.deployments.shift(alias, from, to);
  }

  close(): void {
    this.deployments.close();
    this.alarms.stop();
  }

  /** Counts an invocation. */
  countCall(call: FunctionCall): void {
    recordCall(this.#metrics, call);
  }

  /** Counts a metric that a function logged. */
  countLogged({ value, ...metric }: LoggedMetric): void {
    this.#metrics.record(metric, value);
  }

  #alarmChanged({ definition, state, reason }: Alarm, before: AlarmState): void {
    const { onNotice } = this.#options;
    const { name, arn, description, actions, actionsEnabled } = definition;
    if (state === 'ALARM') onNotice(`Alarm ${name}: ${description}. ${reason}`);
    else if (before === 'ALARM') onNotice(`Alarm ${name} has ended: ${state}. ${reason}`);
    for (const action of actionsEnabled ? actions[state] : []) {
      const notification = { subject: `${state}: "${name}"`, message: `${description}. ${reason}` };
      const failure = this.#topics.publishAlarm(action, arn, notification);
      if (failure) onNotice(`Alarm ${name} could not notify ${action}: ${failure}.`);
    }
  }
}

/** Returns the statements of a topic's own policy; undefined if it has none. */
function topicPolicy({ resourcePolicies }: SystemModel, topicArn: string) {
  const own = resourcePolicies.filter(({ resource }) => resource === topicArn);
  return own.length > 0 ? own.flatMap(({ statements }) => statements) : undefined;
}

function stepsOf({ deploymentConfigs }: SystemModel, { name: group, configName }: DeploymentGroup): TrafficStep[] {
  const steps = predefinedSteps(configName) ?? deploymentConfigs.find(({ name }) => name === configName)?.steps;
  if (steps) return steps;
  throw new Error(`The deployment group ${group} has the configuration ${configName}, which does not exist.`);
}

function groupOf({ aliasDeployments, deploymentGroups }: SystemModel, alias: AliasRef): DeploymentGroup | undefined {
  const link = aliasDeployments.find((each) => each.functionName === alias.functionName && each.alias === alias.alias);
  return deploymentGroups.find(({ application, name }) => application === link?.application && name === link.group);
}

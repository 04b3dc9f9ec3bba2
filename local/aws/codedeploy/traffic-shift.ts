/** Part of a shift of traffic to a new version. */
export interface TrafficStep {
  /** Share of the new version, from 0 to 1. */
  share: number;
  /** Milliseconds until the next step. */
  wait: number;
}

const MINUTE = 60_000;
const ALL: TrafficStep = { share: 1, wait: 0 };
const PREDEFINED =
  /^CodeDeployDefault\.Lambda(?:Canary(?<canary>\d+)Percent(?<wait>\d+)Minutes|Linear(?<linear>\d+)PercentEvery(?<every>\d+)Minutes?|AllAtOnce)$/;

/** Shifts a share, waits, and shifts the rest. */
export function canary(percent: number, minutes: number): TrafficStep[] {
  return [{ share: percent / 100, wait: minutes * MINUTE }, ALL];
}

/** Shifts equal shares at intervals. */
export function linear(percent: number, minutes: number): TrafficStep[] {
  const count = Math.ceil(100 / percent) - 1;
  const steps = Array.from({ length: count }, (_, i) => ({
    share: ((i + 1) * percent) / 100,
    wait: minutes * MINUTE,
  }));
  return [...steps, ALL];
}

/**
 * Returns the steps of a predefined configuration, such as `CodeDeployDefault.LambdaCanary10Percent5Minutes`; undefined for another.
 * https://docs.aws.amazon.com/codedeploy/latest/userguide/deployment-configurations.html#deployment-configuration-lambda
 */
export function predefinedSteps(configName: string): TrafficStep[] | undefined {
  const { groups } = PREDEFINED.exec(configName) ?? {};
  if (!groups) return undefined;
  if (groups.canary) return canary(Number(groups.canary), Number(groups.wait));
  return groups.linear ? linear(Number(groups.linear), Number(groups.every)) : [ALL];
}

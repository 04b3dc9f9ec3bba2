import type { RollbackEvent } from '../aws/codedeploy/deployment.ts';
import { canary, linear, predefinedSteps } from '../aws/codedeploy/traffic-shift.ts';
import { functionRef } from '../aws/lambda/function-ref.ts';
import { type Properties, type ResourceReader, refOf, reportUnsupported } from './resource-reader.ts';

interface TrafficRouting {
  TimeBasedCanary?: { CanaryPercentage: number; CanaryInterval: number };
  TimeBasedLinear?: { LinearPercentage: number; LinearInterval: number };
}

/** Readers for CodeDeploy, and for aliases: their versions are the function's. */
export const DEPLOYMENT_READERS: Record<string, ResourceReader> = {
  'AWS::CodeDeploy::DeploymentGroup': (properties, model, context) => {
    const { ApplicationName, DeploymentConfigName, AlarmConfiguration } = properties;
    const { Enabled: watchesAlarms = true, Alarms = [] } = (AlarmConfiguration ?? { Enabled: false }) as Properties;
    const { Enabled: rollsBack = false, Events = [] } = (properties.AutoRollbackConfiguration ?? {}) as Properties;
    const configName = String(DeploymentConfigName ?? 'CodeDeployDefault.LambdaAllAtOnce');
    const isPredefined = predefinedSteps(configName) !== undefined;
    if (!isPredefined && configName.startsWith('CodeDeployDefault.'))
      reportUnsupported(properties, ['DeploymentConfigName'], model, context);
    model.deploymentGroups.push({
      application: String(ApplicationName),
      name: refOf(context),
      configName,
      alarms: watchesAlarms === false ? [] : (Alarms as Properties[]).map(({ Name }) => String(Name)),
      rollbackOn: rollsBack === true ? (Events as RollbackEvent[]) : [],
    });
  },
  'AWS::CodeDeploy::DeploymentConfig': ({ TrafficRoutingConfig }, model, context) => {
    const { TimeBasedCanary, TimeBasedLinear } = (TrafficRoutingConfig ?? {}) as TrafficRouting;
    const steps = TimeBasedCanary
      ? canary(TimeBasedCanary.CanaryPercentage, TimeBasedCanary.CanaryInterval)
      : TimeBasedLinear
        ? linear(TimeBasedLinear.LinearPercentage, TimeBasedLinear.LinearInterval)
        : [{ share: 1, wait: 0 }];
    model.deploymentConfigs.push({ name: refOf(context), steps });
  },
  'AWS::Lambda::Alias': (properties, model, context) => {
    reportUnsupported(properties, ['RoutingConfig', 'ProvisionedConcurrencyConfig'], model, context);
    const { CodeDeployLambdaAliasUpdate: update } = (context.resolver.resolve(context.resource.UpdatePolicy ?? {}) ??
      {}) as { CodeDeployLambdaAliasUpdate?: Properties };
    if (!update) return;
    model.aliasDeployments.push({
      functionName: functionRef(String(properties.FunctionName)).name,
      alias: String(properties.Name),
      application: String(update.ApplicationName),
      group: String(update.DeploymentGroupName),
    });
  },
};

import { functionOf, type TestTemplate } from './deployments.ts';

const get = (id: string, attribute: string) => ({ 'Fn::GetAtt': [id, attribute] });

/** CodeDeploy's application and group, which move an alias by canary until the alarm `Errors` of the same stack fires. */
export const CANARY_GROUP = {
  App: { Type: 'AWS::CodeDeploy::Application', Properties: { ComputePlatform: 'Lambda' } },
  Group: {
    Type: 'AWS::CodeDeploy::DeploymentGroup',
    Properties: {
      ApplicationName: { Ref: 'App' },
      DeploymentConfigName: 'CodeDeployDefault.LambdaCanary10Percent5Minutes',
      AlarmConfiguration: { Enabled: true, Alarms: [{ Name: { Ref: 'Errors' } }] },
      AutoRollbackConfiguration: { Enabled: true, Events: ['DEPLOYMENT_STOP_ON_ALARM'] },
    },
  },
};

/**
 * Returns a stack with a function whose alias CodeDeploy moves by canary, until the alarm `worker-errors` fires. As the CDK does,
 * each version is a resource of its own.
 */
export function canaryStack(colour: string): TestTemplate {
  return {
    Resources: {
      ...functionOf('worker', 'behaviour.describe', { COLOUR: colour }),
      [`Version${colour}`]: { Type: 'AWS::Lambda::Version', Properties: { FunctionName: { Ref: 'worker' } } },
      Live: {
        Type: 'AWS::Lambda::Alias',
        Properties: {
          FunctionName: { Ref: 'worker' },
          Name: 'live',
          FunctionVersion: get(`Version${colour}`, 'Version'),
        },
        UpdatePolicy: {
          CodeDeployLambdaAliasUpdate: { ApplicationName: { Ref: 'App' }, DeploymentGroupName: { Ref: 'Group' } },
        },
      },
      ...CANARY_GROUP,
      Errors: {
        Type: 'AWS::CloudWatch::Alarm',
        Properties: {
          AlarmName: 'worker-errors',
          Namespace: 'AWS/Lambda',
          MetricName: 'Errors',
          Dimensions: [{ Name: 'FunctionName', Value: { Ref: 'worker' } }],
          Statistic: 'Sum',
          Period: 60,
          EvaluationPeriods: 1,
          Threshold: 1,
          ComparisonOperator: 'GreaterThanOrEqualToThreshold',
          TreatMissingData: 'notBreaching',
        },
      },
    },
  };
}

import { ArnFormat, Stack, type StackProps } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { FunctionDashboard } from '../constructs/function-dashboard.ts';
import { type Settings, serviceName } from '../settings.ts';

/** Returns the ARN of the alarm topic, built from its name so that stacks need no export. */
export function alarmTopicArn(scope: Construct, settings: Settings): string {
  return Stack.of(scope).formatArn({
    service: 'sns',
    resource: serviceName(settings, 'alarms'),
    arnFormat: ArnFormat.NO_RESOURCE_NAME,
  });
}

export interface OperationsStackProps extends StackProps {
  settings: Settings;
  /** Services with a function of the same name. */
  services: string[];
}

/** The alarm topic and a dashboard of the whole graph, for operators. */
export class OperationsStack extends Stack {
  constructor(scope: Construct, { settings, services, ...props }: OperationsStackProps) {
    super(scope, serviceName(settings, 'operations'), { description: `Operations of ${settings.graph}`, ...props });
    this.#createTopic(settings);
    const requestServices = services.filter((service) => !/-(publisher|consumer|fan-out)$/.test(service));
    new FunctionDashboard(this, 'Dashboard', {
      settings,
      name: 'graph',
      functions: services,
      services: requestServices,
    });
  }

  /** A topic with a policy of its own, such as that of `enforceSSL`, no longer has the default one, which lets alarms publish. */
  #createTopic(settings: Settings): void {
    const topic = new Topic(this, 'Alarms', { topicName: serviceName(settings, 'alarms'), enforceSSL: true });
    const alarms = this.formatArn({
      service: 'cloudwatch',
      resource: 'alarm',
      resourceName: serviceName(settings, '*'),
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    topic.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [topic.topicArn],
        conditions: { ArnLike: { 'aws:SourceArn': alarms } },
      }),
    );
  }
}

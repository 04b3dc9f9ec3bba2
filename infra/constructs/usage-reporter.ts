import { Duration, SecretValue } from 'aws-cdk-lib';
import { FilterPattern } from 'aws-cdk-lib/aws-logs';
import { LambdaDestination } from 'aws-cdk-lib/aws-logs-destinations';
import { Construct } from 'constructs';
import { apolloKeyName, type Settings, type Studio } from '../settings.ts';
import { DeadLetterQueue } from './dead-letter-queue.ts';
import { ServiceFunction } from './service-function.ts';

export interface UsageReporterProps {
  settings: Settings;
  studio: Studio;
  /** Functions that run operations. */
  services: ServiceFunction[];
}

const RETRIES = 2;
const MAX_AGE = Duration.hours(6);

/**
 * Reports the gateway's logged operations to Apollo Studio. As a separate function it delays no client, loses nothing when the
 * gateway is frozen, and only it has the API key.
 */
export class UsageReporter extends Construct {
  constructor(scope: Construct, id: string, { settings, studio, services }: UsageReporterProps) {
    super(scope, id);
    const reporter = new ServiceFunction(this, 'Function', {
      settings,
      service: 'usage-reporter',
      memory: 512,
      timeout: 30,
    });
    reporter.function.addEnvironment('APOLLO_GRAPH_REF', studio.graphRef);
    // A dynamic reference in the template; CloudFormation resolves it.
    reporter.function.addEnvironment('APOLLO_KEY', SecretValue.secretsManager(apolloKeyName(settings)).unsafeUnwrap());
    if (studio.ingress) reporter.function.addEnvironment('APOLLO_USAGE_REPORTING_INGRESS_URL', studio.ingress);
    const deadLetters = new DeadLetterQueue(this, 'DeadLetters', { settings, of: reporter });
    reporter.alias.configureAsyncInvoke({ retryAttempts: RETRIES, maxEventAge: MAX_AGE, onFailure: deadLetters });
    for (const { logGroup, function: fn } of services) {
      logGroup.addSubscriptionFilter('Usage', {
        destination: new LambdaDestination(reporter.alias),
        filterPattern: FilterPattern.stringValue('$.message', '=', 'usage'),
      });
      fn.addEnvironment('USAGE_TRACED_SHARE', String(studio.tracedShare));
    }
  }
}

import { isServiceAllowed, type ResourceStatement } from '../iam/resource-policy.ts';

/** A topic and its subscriptions. */
export interface TopicDefinition {
  name: string;
  arn: string;
}

/** A subscription by e-mail. */
export interface EmailSubscription {
  topicArn: string;
  address: string;
}

/** A message for the subscribers of a topic. */
export interface Notification {
  subject: string;
  message: string;
}

export interface TopicsOptions {
  topics: () => TopicDefinition[];
  subscriptions: () => EmailSubscription[];
  /** Returns the statements of a topic's own policy; undefined if it has the default one. */
  policyOf: (topicArn: string) => ResourceStatement[] | undefined;
  /** Called with each e-mail. */
  onEmail: (address: string, notification: Notification) => void;
}

/** Topics of SNS, which pass notifications of AWS services to subscribers. */
export class Topics {
  readonly #options: TopicsOptions;

  constructor(options: TopicsOptions) {
    this.#options = options;
  }

  all(): TopicDefinition[] {
    return this.#options.topics();
  }

  subscriptionsOf(topicArn: string): EmailSubscription[] {
    return this.#options.subscriptions().filter((each) => each.topicArn === topicArn);
  }

  /** Publishes a notification of CloudWatch; returns why it could not. `alarmArn` is the alarm that it is about. */
  publishAlarm(topicArn: string, alarmArn: string, notification: Notification): string | undefined {
    if (!this.all().some(({ arn }) => arn === topicArn)) return 'the topic does not exist';
    const policy = this.#options.policyOf(topicArn);
    const access = { service: 'cloudwatch.amazonaws.com', action: 'sns:Publish', sourceArn: alarmArn };
    // A policy of its own replaces the default one, which allows the services of the account to publish.
    if (policy && !isServiceAllowed(policy, access))
      return 'the policy of the topic does not allow cloudwatch.amazonaws.com to publish (sns:Publish)';
    for (const { address } of this.subscriptionsOf(topicArn)) this.#options.onEmail(address, notification);
    return undefined;
  }
}

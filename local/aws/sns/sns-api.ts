import type { AwsRequest, AwsResponse } from '../aws-request.ts';
import type { Access, AwsService } from '../aws-service.ts';
import { queryOf, queryResponse } from '../query-protocol.ts';
import type { Topics } from './topics.ts';

const NAMESPACE = 'http://sns.amazonaws.com/doc/2010-03-31/';

/** SNS's lists, https://docs.aws.amazon.com/sns/latest/api/API_Operations.html */
export class SnsApi implements AwsService {
  readonly #topics: Topics;

  constructor(topics: Topics) {
    this.#topics = topics;
  }

  accesses(request: AwsRequest): Access[] {
    const parameters = queryOf(request);
    return [{ action: `sns:${parameters.get('Action')}`, resource: parameters.get('TopicArn') ?? '*' }];
  }

  async handle(request: AwsRequest): Promise<AwsResponse | undefined> {
    const parameters = queryOf(request);
    const action = parameters.get('Action') ?? '';
    const run = this.#operations[action];
    return run && queryResponse(action, NAMESPACE, run(parameters));
  }

  readonly #operations: Record<string, (parameters: URLSearchParams) => object> = {
    ListTopics: () => ({ Topics: this.#topics.all().map(({ arn }) => ({ TopicArn: arn })) }),
    ListSubscriptionsByTopic: (parameters) => ({
      Subscriptions: this.#topics.subscriptionsOf(parameters.get('TopicArn') ?? '').map(({ topicArn, address }) => ({
        TopicArn: topicArn,
        Protocol: 'email',
        Endpoint: address,
        SubscriptionArn: 'PendingConfirmation',
      })),
    }),
  };
}

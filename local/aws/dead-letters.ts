import { queueArn } from '../assembly/intrinsics.ts';
import type { SystemModel } from '../assembly/model.ts';
import type { Access } from './aws-service.ts';
import { isServiceAllowed } from './iam/resource-policy.ts';
import type { QueueMessage, QueueStore } from './sqs/queue-store.ts';

export interface DeadLettersOptions {
  queues: QueueStore;
  model: () => SystemModel;
  /** Whether a function's role allows what AWS does in its name. */
  allows: (functionName: string, access: Access) => boolean;
  onLog: (functionName: string, line: string) => void;
}

/** Whose event failed, and by whose permission it is sent to the queue. */
export interface Sender {
  functionName: string;
  /** ARN of the rule that could not reach the function; left out where the function itself failed. */
  rule?: string;
}

/** Sends what failed for good to its queue, if the queue and who sends let it. In AWS all else is lost; the log tells. */
export class DeadLetters {
  readonly #options: DeadLettersOptions;

  constructor(options: DeadLettersOptions) {
    this.#options = options;
  }

  send(queueName: string | undefined, sender: Sender, message: QueueMessage): void {
    const { queues, model, onLog } = this.#options;
    const queue = model().queues.find(({ name }) => name === queueName);
    const isSent = queue !== undefined && this.#maySend(queue.name, sender);
    if (isSent) queues.send(queue, message);
    const where = isSent
      ? `is in the queue ${queue.name}`
      : `is lost: ${queueName ? `it may not be sent to the queue ${queueName}` : 'no queue is declared for it'}`;
    onLog(sender.functionName, `An event failed for good and ${where}.`);
  }

  /** A function's role must allow it, or for a rule the queue's own policy. */
  #maySend(queueName: string, { functionName, rule }: Sender): boolean {
    const resource = queueArn(queueName);
    const action = 'sqs:SendMessage';
    if (!rule) return this.#options.allows(functionName, { action, resource });
    const statements = statementsOf(this.#options.model(), resource);
    return isServiceAllowed(statements, { service: 'events.amazonaws.com', action, sourceArn: rule });
  }
}

/** What the policies of a resource say. */
export function statementsOf({ resourcePolicies }: SystemModel, arn: string) {
  return resourcePolicies.filter(({ resource }) => resource === arn).flatMap(({ statements }) => statements);
}

import { queueArn } from '../assembly/arns.ts';
import type { SystemModel } from '../assembly/model.ts';
import type { Access } from './aws-service.ts';
import { isServiceAllowed } from './iam/resource-policy.ts';
import type { QueueMessage, QueueStore } from './sqs/queue-store.ts';

export interface DeadLettersOptions {
  queues: QueueStore;
  model: () => SystemModel;
  /** Returns whether a function's role allows an access. */
  allows: (functionName: string, access: Access) => boolean;
  onLog: (functionName: string, line: string) => void;
}

/** The function whose event failed, and the principal that sends it to the queue. */
export interface Sender {
  functionName: string;
  /** ARN of the rule that could not invoke the function; undefined if the function itself failed. */
  rule?: string;
}

/** Sends failed events to their queue, if it is declared and the sender may. Otherwise they are lost, as in AWS, and logged. */
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
    const outcome = isSent
      ? `was sent to the queue ${queue.name}`
      : `is lost: ${queueName ? `the sender may not send to the queue ${queueName}` : 'no dead-letter queue is declared'}`;
    onLog(sender.functionName, `An event failed after its last retry and ${outcome}.`);
  }

  /** Checks the function's role, or for a rule the queue's policy. */
  #maySend(queueName: string, { functionName, rule }: Sender): boolean {
    const resource = queueArn(queueName);
    const action = 'sqs:SendMessage';
    if (!rule) return this.#options.allows(functionName, { action, resource });
    const statements = statementsOf(this.#options.model(), resource);
    return isServiceAllowed(statements, { service: 'events.amazonaws.com', action, sourceArn: rule });
  }
}

/** Returns the policy statements of a resource. */
export function statementsOf({ resourcePolicies }: SystemModel, arn: string) {
  return resourcePolicies.filter(({ resource }) => resource === arn).flatMap(({ statements }) => statements);
}

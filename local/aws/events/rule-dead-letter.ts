import type { MessageAttribute, QueueMessage } from '../sqs/queue-store.ts';
import type { BusEvent } from './bus-event.ts';
import type { RuleDefinition, RuleTarget } from './event-bus.ts';

/** Returns the message to a rule's dead-letter queue, https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html */
export function ruleDeadLetter(
  event: BusEvent,
  target: Pick<RuleTarget, 'arn'>,
  rule: Pick<RuleDefinition, 'arn'>,
  failure: { code: string; message: string },
): QueueMessage {
  const attributes = {
    RULE_ARN: text(rule.arn),
    TARGET_ARN: text(target.arn),
    ERROR_CODE: text(failure.code),
    ERROR_MESSAGE: text(failure.message),
    RETRY_ATTEMPTS: { DataType: 'Number', StringValue: '0' },
  };
  return { body: JSON.stringify(event), attributes };
}

function text(StringValue: string): MessageAttribute {
  return { DataType: 'String', StringValue };
}

/** Account and region of every local ARN. */
export const LOCAL_ACCOUNT = { region: 'us-east-1', accountId: '123456789012', partition: 'aws' } as const;

/** Returns the ARN of a queue. */
export function queueArn(name: string): string {
  return arn('sqs', name);
}

/** Returns the ARN of a table's stream. A table has one stream at a time here, always with the same label. */
export function streamArn(tableName: string): string {
  return arn('dynamodb', `table/${tableName}/stream/local`);
}

/** Returns the ARN of a function, or of its alias or version. */
export function functionArn(name: string, qualifier?: string): string {
  return arn('lambda', `function:${name}${qualifier ? `:${qualifier}` : ''}`);
}

/** Returns the ARN of a topic. */
export function topicArn(name: string): string {
  return arn('sns', name);
}

/** Returns the ARN of an alarm. */
export function alarmArn(name: string): string {
  return arn('cloudwatch', `alarm:${name}`);
}

/** Returns the ARN of a log group. */
export function logGroupArn(name: string): string {
  return arn('logs', `log-group:${name}:*`);
}

/** Returns the ARN of a service's resource. */
export const arn = (service: string, resource: string) =>
  `arn:aws:${service}:${LOCAL_ACCOUNT.region}:${LOCAL_ACCOUNT.accountId}:${resource}`;

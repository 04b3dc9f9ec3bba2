import { hash } from 'node:crypto';
import { LOCAL_ACCOUNT } from '../../assembly/arns.ts';
import type { StreamRecord } from '../dynamodb/table-streams.ts';

/** Stream record in a Lambda event, https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html */
export interface LambdaStreamRecord {
  eventID: string;
  eventName: string;
  eventVersion: '1.1';
  eventSource: 'aws:dynamodb';
  awsRegion: string;
  dynamodb: StreamRecord['dynamodb'];
  userIdentity?: { type: string; principalId: string };
  eventSourceARN: string;
}

/** Converts a stream record for Lambda, with the template's stream ARN instead of the emulator's. */
export function lambdaRecord(
  { eventName, dynamodb, userIdentity }: StreamRecord,
  streamArn: string,
): LambdaStreamRecord {
  const { Type, PrincipalId } = userIdentity ?? {};
  return {
    eventID: hash('md5', `${streamArn} ${dynamodb.SequenceNumber}`),
    eventName,
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: LOCAL_ACCOUNT.region,
    dynamodb,
    ...(Type && PrincipalId && { userIdentity: { type: Type, principalId: PrincipalId } }),
    eventSourceARN: streamArn,
  };
}

import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assetOf } from '../build/bundle.ts';
import { LIBRARY } from '../build/discover.ts';

const FUNCTIONS = join(import.meta.dirname, 'functions');

export interface Resource {
  Type: string;
  Properties: Record<string, unknown>;
  Metadata?: Record<string, unknown>;
  UpdatePolicy?: Record<string, unknown>;
}

const get = (id: string, attribute = 'Arn') => ({ 'Fn::GetAtt': [id, attribute] });
const allow = (Action: string[], Resource: unknown) => ({ Effect: 'Allow', Action, Resource });

function fn(FunctionName: string, directory: string, Handler: string, Variables: object, extra = {}): Resource {
  return {
    Type: 'AWS::Lambda::Function',
    Properties: {
      FunctionName,
      Handler,
      Role: get(`${FunctionName}Role`),
      MemorySize: 256,
      Timeout: 20,
      Environment: { Variables },
      ...extra,
    },
    Metadata: { 'aws:asset:path': directory },
  };
}

function policy(functionName: string, ...Statement: object[]): Record<string, Resource> {
  return {
    [`${functionName}Role`]: { Type: 'AWS::IAM::Role', Properties: {} },
    [`${functionName}Policy`]: {
      Type: 'AWS::IAM::Policy',
      Properties: { PolicyDocument: { Statement }, Roles: [{ Ref: `${functionName}Role` }] },
    },
  };
}

function table(TableName: string, extra = {}): Resource {
  return {
    Type: 'AWS::DynamoDB::Table',
    Properties: {
      TableName,
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
      ...extra,
    },
  };
}

/** Name of the consumer function, with the suffix of a service's consumer. */
export const CONSUMER = 'test-seen-consumer';

/** Returns an event pipeline: a table with an outbox, publisher, bus, rule, and a consumer with its own table of counts. */
export function eventResources(): Record<string, Resource> {
  const STREAM = ['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams'].map((name) => `dynamodb:${name}`);
  return {
    Notes: table('notes', { StreamSpecification: { StreamViewType: 'NEW_IMAGE' } }),
    Seen: table('seen'),
    Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: 'bus' } },
    Archive: { Type: 'AWS::Events::Archive', Properties: { ArchiveName: 'all', SourceArn: get('Bus') } },
    Failed: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'failed' } },
    FailedPolicy: {
      Type: 'AWS::SQS::QueuePolicy',
      Properties: {
        Queues: [{ Ref: 'Failed' }],
        PolicyDocument: {
          Statement: [
            {
              ...allow(['sqs:SendMessage'], get('Failed')),
              Principal: { Service: 'events.amazonaws.com' },
              Condition: { ArnEquals: { 'aws:SourceArn': get('Rule') } },
            },
          ],
        },
      },
    },
    publisher: fn('publisher', assetOf({ name: 'publisher', root: LIBRARY }), 'index.handler', {
      EVENT_BUS_NAME: 'bus',
    }),
    ...policy(
      'publisher',
      allow(['events:PutEvents'], get('Bus')),
      allow(STREAM, get('Notes', 'StreamArn')),
      allow(['sqs:SendMessage'], get('Failed')),
    ),
    Mapping: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: {
        FunctionName: { Ref: 'publisher' },
        EventSourceArn: get('Notes', 'StreamArn'),
        StartingPosition: 'TRIM_HORIZON',
        BatchSize: 50,
        BisectBatchOnFunctionError: true,
        MaximumRetryAttempts: 2,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        FilterCriteria: {
          Filters: [
            {
              Pattern: JSON.stringify({
                eventName: ['INSERT'],
                dynamodb: { NewImage: { outbox: { S: [{ exists: true }] } } },
              }),
            },
          ],
        },
        DestinationConfig: { OnFailure: { Destination: get('Failed') } },
      },
    },
    [CONSUMER]: fn(CONSUMER, FUNCTIONS, 'consumer.handler', { TABLE_NAME: 'seen' }),
    ...policy(
      CONSUMER,
      allow(['dynamodb:PutItem', 'dynamodb:UpdateItem'], get('Seen')),
      allow(['sqs:SendMessage'], get('Failed')),
    ),
    failing: fn('failing', FUNCTIONS, 'behaviour.fail', {}, { DeadLetterConfig: { TargetArn: get('Failed') } }),
    ...policy('failing', allow(['sqs:SendMessage'], get('Failed'))),
    ConsumerConfig: {
      Type: 'AWS::Lambda::EventInvokeConfig',
      Properties: {
        FunctionName: { Ref: CONSUMER },
        Qualifier: '$LATEST',
        MaximumRetryAttempts: 1,
        DestinationConfig: { OnFailure: { Destination: get('Failed') } },
      },
    },
    Rule: {
      Type: 'AWS::Events::Rule',
      Properties: {
        Name: 'to-consumer',
        EventBusName: { Ref: 'Bus' },
        EventPattern: { source: ['notes'], 'detail-type': ['NoteTaken'] },
        Targets: [{ Id: 'consumer', Arn: get(CONSUMER), DeadLetterConfig: { Arn: get('Failed') } }],
      },
    },
    Permission: {
      Type: 'AWS::Lambda::Permission',
      Properties: {
        FunctionName: get(CONSUMER),
        Action: 'lambda:InvokeFunction',
        Principal: 'events.amazonaws.com',
        SourceArn: get('Rule'),
      },
    },
  };
}

/** Writes a cloud assembly of one stack; returns its directory. */
export function writeAssembly(Resources: Record<string, Resource>): string {
  const directory = mkdtempSync(join(tmpdir(), 'assembly-'));
  const stack = { type: 'aws:cloudformation:stack', properties: { templateFile: 'events.template.json' } };
  writeFileSync(join(directory, 'manifest.json'), JSON.stringify({ artifacts: { events: stack } }));
  writeFileSync(join(directory, 'events.template.json'), JSON.stringify({ Resources }));
  return directory;
}

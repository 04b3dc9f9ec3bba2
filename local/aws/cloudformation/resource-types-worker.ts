import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parentPort } from 'node:worker_threads';
import { gunzipSync } from 'node:zlib';
import type { ResourceTypes } from './resource-types.ts';

/** AWS's resource specification, as the CDK CLI brings it for its own comparisons; 15 MB of JSON, so read off the main thread. */
const FILE = join(import.meta.dirname, '../../../node_modules/aws-cdk/db.json.gz');

interface Entity {
  cloudFormationType: string;
  primaryIdentifier?: string[];
  properties: Record<string, { causesReplacement?: 'yes' | 'maybe' | 'no' }>;
}

/** Names of types that AWS identifies by an ARN or URL made of them. */
const NAMES: Record<string, string[]> = {
  'AWS::Events::Rule': ['EventBusName', 'Name'],
  'AWS::Lambda::Alias': ['FunctionName', 'Name'],
  'AWS::SNS::Topic': ['TopicName'],
  'AWS::SQS::Queue': ['QueueName'],
};

const { schema } = JSON.parse(gunzipSync(readFileSync(FILE)).toString('utf8')) as {
  schema: { resource: { entities: Entity[] } };
};
const types: ResourceTypes = {};
for (const { cloudFormationType, primaryIdentifier = [], properties } of schema.resource.entities) {
  const immutable = Object.entries(properties).filter(([, { causesReplacement = 'no' }]) => causesReplacement !== 'no');
  types[cloudFormationType] = {
    identifier: NAMES[cloudFormationType] ?? settable(primaryIdentifier, properties),
    immutable: Object.fromEntries(
      immutable.map(([name, { causesReplacement }]) => [name, causesReplacement === 'yes']),
    ),
  };
}
parentPort?.postMessage(types);

/** An identifier with a part that AWS chooses cannot be taken. */
function settable(identifier: string[], properties: Entity['properties']): string[] {
  return identifier.every((name) => name in properties) ? identifier : [];
}

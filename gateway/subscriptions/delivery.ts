import type { Context as LambdaContext, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { documentClient } from '#platform/dynamodb/document-client.ts';
import { requiredEnv } from '#platform/env.ts';
import { log } from '#platform/telemetry/log.ts';
import { limits } from '../deployed-gateway.ts';
import { ClientConnections } from './client-connections.ts';
import { ConnectionEnd } from './connection-end.ts';
import { ConnectionStore } from './connection-store.ts';
import { deliverBatch } from './deliver-batch.ts';
import { DeliveryQueue } from './delivery-queue.ts';
import { runStep } from './run-step.ts';
import { awsSender } from './signed-post.ts';
import { SubscriptionStore } from './subscription-store.ts';
import { ViewerConnections } from './viewer-connections.ts';

const client = documentClient();
const table = requiredEnv('CONNECTION_TABLE');
const send = awsSender();

const stores = {
  connections: new ConnectionStore(client, table),
  subscriptions: new SubscriptionStore(client, table),
  viewers: new ViewerConnections(client, table, limits.connections),
  clients: new ClientConnections(requiredEnv('CONNECTIONS_ENDPOINT'), send),
};
const { messageBytes } = limits;
const end = new ConnectionEnd(stores);
const queue = new DeliveryQueue(requiredEnv('DELIVERY_QUEUE_URL'), send);
const services = { ...stores, end, queue, runStep, messageBytes, log, now: Date.now };

/** Delivers events to subscribers. */
export function handler({ Records }: SQSEvent, lambda: LambdaContext): Promise<SQSBatchResponse> {
  return deliverBatch(Records satisfies SQSRecord[], services, () => lambda.getRemainingTimeInMillis());
}

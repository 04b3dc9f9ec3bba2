import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DomainEvent } from '#platform/events/domain-event.ts';
import type { SubscriptionTopic } from '../engine/run/execution.ts';

/** File of the build with the fields of `Subscription`, in the assets of the gateway and of the fan-out. */
export const SUBSCRIPTIONS = 'subscriptions.json';

/** A field of `Subscription`: the publisher, the types of its events, and where they have their topics. */
export interface FedField {
  subgraph: string;
  events: readonly string[];
  topic: string | readonly string[];
}

/** Fields of `Subscription` by name. */
export type FedFields = Readonly<Record<string, FedField>>;

/** Reads the fields from a function's asset. */
export function readFedFields(asset: string): FedFields {
  return JSON.parse(readFileSync(join(asset, SUBSCRIPTIONS), 'utf8'));
}

/** Returns the topics that an event belongs to, for each field that it feeds. */
export function topicsOf(event: DomainEvent, fields: FedFields): SubscriptionTopic[] {
  return Object.entries(fields).flatMap(([field, { subgraph, events, topic }]) => {
    if (subgraph !== event.source || !events.includes(event.type)) return [];
    const values = [topic].flat().map((path) => valueAt(path, event));
    return [...new Set(values)].flatMap((value) => (value ? [{ field, topic: value }] : []));
  });
}

/** Returns the string at a path such as `entityId` or `data.order.id`. */
function valueAt(path: string, event: DomainEvent): string | undefined {
  let value: unknown = event;
  for (const step of path.split('.')) {
    const object: unknown = value;
    value = typeof object === 'object' && object !== null ? (object as Record<string, unknown>)[step] : undefined;
  }
  return typeof value === 'string' ? value : undefined;
}

/** Maximum characters of a topic in a key; DynamoDB allows 2,048 bytes. */
const MAX_IN_KEY = 400;

/** Returns the partition key of a topic's subscriptions. */
export function topicKey({ field, topic }: SubscriptionTopic): string {
  return `topic#${field}#${topic.length > MAX_IN_KEY ? hashOf(topic) : topic}`;
}

/** Returns a hash of texts, as the ids in a FIFO queue need it. */
export function hashOf(...texts: string[]): string {
  return hash('sha256', JSON.stringify(texts));
}

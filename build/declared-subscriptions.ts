import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { toJSONSchema, type ZodMiniType } from 'zod/mini';
import type { PublishedLanguage } from '#platform/events/domain-event.ts';
import type { SubscriptionSources } from '#platform/graphql/subscriptions.ts';
import type { FedFields } from '../gateway/subscriptions/topics.ts';
import type { Finding } from '../schema-check/finding.ts';
import {
  type DeclaredSubscriptions,
  subscriptionFields,
  subscriptionProblems,
} from '../schema-check/subscription-fields.ts';
import { discoverSubgraphs, importable, ROOT, readSchemas } from './discover.ts';
import { languagesIn } from './published-languages.ts';

/** Fields of `Subscription` of a whole graph. */
export interface GraphSubscriptions {
  fields: FedFields;
  problems: Finding[];
}

/** Reads the `subscriptions.ts` and `events.ts` of all subgraphs, and checks them against the schemas. */
export async function graphSubscriptions(root = ROOT): Promise<GraphSubscriptions> {
  const schemas = new Map(readSchemas(root).map((each) => [each.name, each]));
  const all: GraphSubscriptions = { fields: {}, problems: [] };
  for (const { name, path, publishes } of discoverSubgraphs(root)) {
    const schema = schemas.get(name);
    const file = join(path, 'subscriptions.ts');
    if (!schema || (!existsSync(file) && subscriptionFields(schema).size === 0)) continue;
    const sources = existsSync(file) ? await sourcesIn(file) : undefined;
    const eventTexts = publishes ? textsOf(await languagesIn(path)) : {};
    all.problems.push(...subscriptionProblems(schema, { sources, eventTexts }));
    for (const [field, { events, topic }] of Object.entries(sources ?? {}))
      all.fields = { ...all.fields, [field]: { subgraph: name, events, topic } };
  }
  return all;
}

async function sourcesIn(file: string): Promise<SubscriptionSources> {
  const { subscriptions } = (await import(importable(file))) as { subscriptions?: SubscriptionSources };
  return subscriptions ?? {};
}

/** Returns the paths of texts by event type. */
function textsOf(languages: PublishedLanguage<Record<string, ZodMiniType>>[]): DeclaredSubscriptions['eventTexts'] {
  const types = languages.flatMap(({ schemas }) => Object.entries(schemas));
  return Object.fromEntries(
    types.map(([type, schema]) => [type, ['entityId', ...textPaths(toJSONSchema(schema) as JsonSchema, 'data')]]),
  );
}

interface JsonSchema {
  type?: string;
  properties?: Record<string, JsonSchema>;
}

function textPaths({ type, properties = {} }: JsonSchema, path: string): string[] {
  if (type === 'string') return [path];
  return Object.entries(properties).flatMap(([name, property]) => textPaths(property, `${path}.${name}`));
}

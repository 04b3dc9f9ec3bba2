import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Construct } from 'constructs';
import { bundleFolder } from './constructs/bundle-folder.ts';

/** Event types that feed subscriptions, by publisher. */
export type SubscribedEvents = Record<string, string[]>;

/** Part of the build's `subscriptions.json`: for each field of `Subscription`, the publisher and types of its events. */
type SubscribedFields = Record<string, { subgraph: string; events: string[] }>;

/** Returns the events that feed the graph's subscriptions; undefined if the graph has none. */
export function subscribedEvents(scope: Construct): SubscribedEvents | undefined {
  const file = join(bundleFolder(scope, 'gateway'), 'subscriptions.json');
  const fields: SubscribedFields = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  const events: SubscribedEvents = {};
  for (const { subgraph, events: types } of Object.values(fields))
    events[subgraph] = [...new Set([...(events[subgraph] ?? []), ...types])].sort();
  return Object.keys(events).length > 0 ? events : undefined;
}

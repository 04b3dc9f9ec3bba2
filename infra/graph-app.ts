import { join } from 'node:path';
import { App, Tags } from 'aws-cdk-lib';
import { functionNames, SUBSCRIPTION_FUNCTIONS } from '#platform/function-names.ts';
import { discoverSubgraphs, importable, NO_SERVICE_YET } from '../build/discover.ts';
import { checkEvents } from './check-events.ts';
import { graphRoot } from './constructs/bundle-folder.ts';
import { type Studio, settingsFor } from './settings.ts';
import { EventBusStack } from './stacks/event-bus-stack.ts';
import { FirewallStack } from './stacks/firewall-stack.ts';
import { GatewayStack } from './stacks/gateway-stack.ts';
import { IdentityStack } from './stacks/identity-stack.ts';
import { OperationsStack } from './stacks/operations-stack.ts';
import { SubgraphStack } from './stacks/subgraph-stack.ts';
import { subscribedEvents } from './subscribed-fields.ts';
import { validateConfig } from './validate-config.ts';

/** Adds all stacks of a graph: operations, identity, event bus, subgraphs and gateway. */
export async function graphApp(app = new App()): Promise<App> {
  const stage = settingsFor(app.node.getContext('graph'), app.node.tryGetContext('stage') ?? 'dev');
  const studio = studioFrom(app.node.tryGetContext('studio'));
  const settings = { ...stage, ...(studio && { studio }) };
  const subgraphs = discoverSubgraphs(graphRoot(app));
  if (subgraphs.length === 0) throw new Error(NO_SERVICE_YET);
  const names = subgraphs.map(({ name }) => name);
  const events = subscribedEvents(app);
  const gateways = ['gateway', ...(events ? SUBSCRIPTION_FUNCTIONS : [])];
  new OperationsStack(app, { settings, services: [...gateways, ...subgraphs.flatMap(functionNames)] });
  new IdentityStack(app, { settings });
  new EventBusStack(app, { settings });
  for (const folder of subgraphs) {
    const file = `subgraphs/${folder.name}/subgraph.config.ts`;
    const config = validateConfig(file, (await import(importable(join(folder.path, 'subgraph.config.ts')))).default);
    checkEvents(folder, config, subgraphs);
    new SubgraphStack(app, { settings, folder, config });
  }
  if (settings.edge) new FirewallStack(app, { settings, limits: settings.edge });
  new GatewayStack(app, { settings, subgraphs: names, ...(events && { events }) });
  Tags.of(app).add('graph', settings.graph);
  Tags.of(app).add('stage', settings.stage);
  return app;
}

/** Fraction of operations with field timings; the others have no overhead. */
const TRACED_SHARE = 0.1;

/** Parses the CDK context `studio`: graph reference and optional report URL. */
function studioFrom(
  context: { graphRef?: string; ingress?: string; tracedShare?: number } | undefined,
): Studio | undefined {
  return context?.graphRef ? { tracedShare: TRACED_SHARE, ...context, graphRef: context.graphRef } : undefined;
}

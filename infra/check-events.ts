import type { SubgraphConfig } from '#platform/subgraph-config.ts';
import type { SubgraphFolder } from '../build/discover.ts';
import { InvalidConfiguration } from './validate-config.ts';

/** Throws InvalidConfiguration if a subgraph's event configuration contradicts its files or those of its publishers. */
export function checkEvents(folder: SubgraphFolder, config: SubgraphConfig, all: SubgraphFolder[]): void {
  const sources = Object.keys(config.consumes ?? {});
  const publishers = new Set(all.filter(({ publishes }) => publishes).map(({ name }) => name));
  const unknown = sources.find((source) => !publishers.has(source));
  const faults: Record<string, boolean> = {
    'has a consumer.ts, but its configuration names no events in "consumes"': folder.consumes && sources.length === 0,
    'names events in "consumes", but has no consumer.ts': !folder.consumes && sources.length > 0,
    [`consumes events of "${unknown}", but no folder of this name has an events.ts`]: unknown !== undefined,
    'is "rebuildable", but has no consumer.ts to replay events to': Boolean(config.rebuildable) && !folder.consumes,
    'is "rebuildable" and publishes events: a rebuild would publish them again':
      Boolean(config.rebuildable) && folder.publishes,
  };
  const [fault] = Object.entries(faults).find(([, isSo]) => isSo) ?? [];
  if (fault) throw new InvalidConfiguration(`subgraphs/${folder.name} ${fault}.`);
}

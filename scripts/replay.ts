import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { SubgraphConfig } from '#platform/subgraph-config.ts';
import { discoverSubgraphs, importable, ROOT } from '../build/discover.ts';
import { emptyTable, rebuildPlan, replayArchive } from '../operator/rebuild.ts';
import { runningModel } from '../operator/running-model.ts';
import { fail, portFrom } from './command-line/arguments.ts';
import { runningSystem } from './connection.ts';

const HELP = `Usage: npm run replay -- SERVICE [--keep] [--port N]

Rebuilds a service of the running system from archived events: deletes all items of its table, then replays every event to
its consumer only. The service's configuration must set "rebuildable": other tables hold data that events do not have.

  --keep    delete nothing; works with any consumer
`;

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      keep: { type: 'boolean', default: false },
      port: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  const [service, ...others] = positionals;
  if (values.help) process.stdout.write(HELP);
  else if (!service || others.length > 0) throw new Error(`Name one service.\n\n${HELP}`);
  else await replay(service, values.keep, portFrom(values.port));
} catch (error) {
  fail(error);
}

async function replay(service: string, keep: boolean, port: number): Promise<void> {
  await refuseUnlessRebuildable(service, keep);
  const connection = await runningSystem(port);
  const plan = rebuildPlan(runningModel(connection), service);
  process.once('SIGINT', () => {
    process.stdout.write('\nThe running system continues the replay.\n');
    process.exit(130);
  });
  if (!keep) process.stdout.write(`${await emptyTable(connection, plan)} items deleted from ${plan.table}.\n`);
  const started = performance.now();
  const count = await replayArchive(connection, plan, showProgress);
  if (process.stdout.isTTY) process.stdout.write('\r\u001b[K');
  const seconds = ((performance.now() - started) / 1_000).toFixed(1);
  process.stdout.write(
    `${service} is rebuilt: read ${count} archived events and handled those for it, in ${seconds} s.\n`,
  );
}

/** Throws if events alone cannot restore the service's table. */
async function refuseUnlessRebuildable(service: string, keep: boolean): Promise<void> {
  const configs = await Promise.all(
    discoverSubgraphs().map(async ({ name, path }) => {
      const { default: config } = (await import(importable(join(path, 'subgraph.config.ts')))) as {
        default: SubgraphConfig;
      };
      return { name, config };
    }),
  );
  const found = configs.find(({ name }) => name === service);
  const rebuildable = configs.filter(({ config }) => config.rebuildable).map(({ name }) => name);
  const list = `Rebuildable services: ${rebuildable.join(', ') || 'none'}.`;
  if (!found) throw new Error(`There is no service "${service}" in ${join(ROOT, 'subgraphs')}. ${list}`);
  if (!keep && !found.config.rebuildable)
    throw new Error(
      `${service} is not rebuildable: it would lose data that events do not have. Pass --keep to delete nothing. ${list}`,
    );
}

function showProgress({ reached }: { reached: Date | undefined }): void {
  if (process.stdout.isTTY && reached)
    process.stdout.write(`\r\u001b[KReplaying … handled the events until ${reached.toISOString()}`);
}

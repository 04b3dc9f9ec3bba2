import type { SystemModel } from '../../local/assembly/model.ts';

/** Formats the running resources as a text table. */
export function describe(model: SystemModel): string {
  const { functions, tables, url, webSocketApi, unsupported } = model;
  const rows = [
    ...functions.map(({ name, memory, timeout }) => ['function', name, `${memory} MB, ${timeout / 1_000} s`]),
    ...tables.map(({ name, create }) => ['table', name, `${create.GlobalSecondaryIndexes?.length ?? 0} indexes`]),
    ...(url ? [['url', url.functionName, url.isStreamed ? 'streamed' : 'buffered']] : []),
    ...Object.entries(webSocketApi?.routes ?? {}).map(([key, route]) => ['websocket', key, `→ ${route.functionName}`]),
    ...edgeRows(model),
    ...eventRows(model),
    ...operationRows(model),
    ...countByType(unsupported).map(([type, count]) => ['not emulated', type, `${count} in the templates`]),
  ];
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map(
    ([kind = '', name = '', about = '']) =>
      `  ${kind.padEnd(widths[0] ?? 0)}  ${name.padEnd(widths[1] ?? 0)}  ${about}`,
  );
  return ['', ...lines, ''].join('\n');
}

function edgeRows({ edge }: SystemModel): string[][] {
  if (!edge.hasDistribution) return [];
  return edge.rules.flatMap(({ name, statement }) =>
    statement.kind === 'rate'
      ? [['firewall', name, `${statement.limit} requests in ${statement.window / 1_000} s`]]
      : [],
  );
}

function eventRows({ mappings, queueMappings, buses, archives, rules, queues }: SystemModel): string[][] {
  return [
    ...mappings.map(({ tableName, functionName }) => ['stream', tableName, `→ ${functionName}`]),
    ...queueMappings.map(({ queueName, functionName }) => ['queue', queueName, `→ ${functionName}`]),
    ...buses.map(({ name }) => {
      const archived = archives.filter(({ busName }) => busName === name).map((archive) => archive.name);
      return ['event bus', name, archived.length > 0 ? `archived in ${archived.join(', ')}` : 'not archived'];
    }),
    ...rules.map(({ name, targets }) => [
      'rule',
      name,
      targets.map(({ functionName }) => `→ ${functionName}`).join(', '),
    ]),
    ...queues
      .filter(({ name }) => !queueMappings.some(({ queueName }) => queueName === name))
      .map(({ name }) => ['queue', name, '"npm run dlq" shows its messages']),
  ];
}

function operationRows({ alarms, topics, emailSubscriptions }: SystemModel): string[][] {
  return [
    ...(alarms.length > 0 ? [['alarms', String(alarms.length), '"npm run alarms" shows their states']] : []),
    ...topics.map(({ name, arn }) => {
      const addresses = emailSubscriptions.filter(({ topicArn }) => topicArn === arn).map(({ address }) => address);
      return ['topic', name, addresses.length > 0 ? `→ ${addresses.join(', ')}` : 'without subscriptions'];
    }),
  ];
}

function countByType(resources: { type: string }[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const { type } of resources) counts.set(type, (counts.get(type) ?? 0) + 1);
  return [...counts].sort(([a], [b]) => a.localeCompare(b));
}

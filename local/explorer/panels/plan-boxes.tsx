import { Kind, parse } from 'graphql';
import type { ExplainedCall, ExplainedFetch, Explanation } from '#platform/telemetry/explanation.ts';
import type { Arrow, Box } from '../picture/elements.ts';
import { counted, duration } from './format.ts';

const CLIENT = 'client';

/** Returns the fetches of a plan as boxes, and what flows between them as arrows. */
export function planPicture({ operation, plan, calls, gateway }: Explanation): { boxes: Box[]; arrows: Arrow[] } {
  const client: Box = {
    id: CLIENT,
    width: 110,
    height: 58,
    label: `Gateway: ${operation.name ?? operation.kind}`,
    content: (
      <>
        <strong>gateway</strong>
        <span>{calls.length > 0 ? duration(gateway.run) : operation.plan}</span>
      </>
    ),
  };
  const fetches = plan.map((fetch, index) => fetchBox(fetch, index, calls));
  const arrows = plan.flatMap(({ service, after, path }, index) =>
    after.length === 0
      ? [{ from: CLIENT, to: String(index), service }]
      : after.map((from) => ({ from: String(from), to: String(index), label: shortPath(path), service })),
  );
  return { boxes: [client, ...fetches], arrows };
}

/** Returns the call that served a fetch. */
export function callOf(calls: readonly ExplainedCall[], index: number): ExplainedCall | undefined {
  return calls.find(({ fetches }) => fetches.includes(index));
}

/** Returns the title of a call that serves several fetches. */
function sharedCall(calls: readonly ExplainedCall[], call: ExplainedCall | undefined): string | undefined {
  if (!call || call.fetches.length < 2) return undefined;
  return `call ${calls.indexOf(call) + 1}: ${call.fetches.length} fetches of ${call.service}`;
}

function fetchBox(fetch: ExplainedFetch, index: number, calls: readonly ExplainedCall[]): Box {
  const call = callOf(calls, index);
  const { service, requires, kind } = fetch;
  const title = requires ? (/(\w+) \{/.exec(requires)?.[1] ?? 'entities') : rootFields(fetch.operation);
  const count = call?.entities === undefined ? '' : counted(call.entities, 'entity', 'entities');
  const time = call ? duration(call.ended - call.began) : '';
  const isCold = call?.function?.init !== undefined;
  return {
    id: String(index),
    service,
    group: sharedCall(calls, call),
    width: 160,
    height: 76,
    label: [`Fetch ${index + 1}: ${service}`, title, count, time, isCold && 'cold start', call?.error]
      .filter(Boolean)
      .join(', '),
    content: (
      <>
        <strong>
          {service}
          {isCold && <span className="badge cold">cold</span>}
          {call?.error && <span className="badge error">failed</span>}
        </strong>
        <span className="clipped">{kind === 'mutation' ? `mutation ${title}` : title}</span>
        <span className="quiet">{[count, time].filter(Boolean).join(' · ') || 'not run'}</span>
      </>
    ),
  };
}

/** Returns the names of an operation's root fields. */
function rootFields(text: string): string {
  const operation = parse(text).definitions.find((each) => each.kind === Kind.OPERATION_DEFINITION);
  const fields = operation?.selectionSet.selections.filter((each) => each.kind === Kind.FIELD) ?? [];
  return fields.map(({ name }) => name.value).join(', ');
}

const CONNECTION = ['@', 'edges', 'node'];

/** Returns the last names of a path, without those of lists and connections: `books.edges.@.node.author` is `books.author`. */
function shortPath(path: string): string {
  return path
    .split('.')
    .filter((part) => !CONNECTION.includes(part))
    .slice(-2)
    .join('.');
}

import { Trace } from '@apollo/usage-reporting-protobuf';
import type { PlannedFetch, SubgraphCallRecord, UsageError, UsageRecord } from '../usage-record.ts';

const NANOSECONDS = 1e6;
/** Replaces error messages, which may contain personal data. */
const MASKED = '<masked>';

/** Creates Studio's trace of an operation; https://www.apollographql.com/docs/graphos/reference/federation/trace-format */
export function traceOf({ startedAt, milliseconds, method, cache, weight, errors, ...record }: UsageRecord): Trace {
  const { clientName = '', clientVersion = '', operation, persistedQuery, isForbidden = false } = record;
  return Trace.create({
    startTime: timestamp(startedAt),
    endTime: timestamp(startedAt + milliseconds),
    durationNs: Math.round(milliseconds * NANOSECONDS),
    root: rootOf(errors),
    clientName,
    clientVersion,
    http: { method: METHODS[method] ?? Trace.HTTP.Method.UNKNOWN },
    ...(cache && cache.maxAge > 0 && { cachePolicy: { scope: SCOPES[cache.scope], maxAgeNs: cache.maxAge * 1e9 } }),
    fieldExecutionWeight: weight,
    persistedQueryHit: persistedQuery === 'hit',
    persistedQueryRegister: persistedQuery === 'register',
    registeredOperation: 'id' in operation,
    forbiddenOperation: isForbidden,
    queryPlan: queryPlanOf(record),
  });
}

/** Returns the tree of the gateway's own errors; a subgraph's errors are in its trace. */
function rootOf(errors: readonly UsageError[]): Trace.INode {
  const root: Trace.INode = {};
  const nodes = new Map([['', root]]);
  for (const { path } of errors.filter(({ service }) => service === undefined)) {
    const node = nodeAt(path, nodes);
    node.error ??= [];
    node.error.push({ message: MASKED, json: JSON.stringify({ message: MASKED, path }) });
  }
  return root;
}

/** Returns the node at a path, created with its parents if it is missing. */
function nodeAt(path: UsageError['path'], nodes: Map<string, Trace.INode>): Trace.INode {
  const id = path.map((step) => `/${step}`).join('');
  const known = nodes.get(id);
  if (known) return known;
  const step = path.at(-1) ?? '';
  const node: Trace.INode = typeof step === 'number' ? { index: step } : { responseName: step };
  const parent = nodeAt(path.slice(0, -1), nodes);
  parent.child ??= [];
  parent.child.push(node);
  nodes.set(id, node);
  return node;
}

const METHODS: Record<string, Trace.HTTP.Method> = { GET: Trace.HTTP.Method.GET, POST: Trace.HTTP.Method.POST };
const SCOPES = { PUBLIC: Trace.CachePolicy.Scope.PUBLIC, PRIVATE: Trace.CachePolicy.Scope.PRIVATE };

/** Returns the plan with fetches of one level in parallel. A shared call's trace belongs to the first of its fetches. */
function queryPlanOf({ plan, calls }: Pick<UsageRecord, 'plan' | 'calls'>): Trace.IQueryPlanNode | null {
  if (plan.length === 0) return null;
  const levels = [...new Set(plan.map(({ level }) => level))].sort((a, b) => a - b);
  const nodes = levels.map((level) => ({
    parallel: {
      nodes: plan.flatMap((fetch, index) => (fetch.level === level ? [fetchNode(fetch, index, calls)] : [])),
    },
  }));
  return { sequence: { nodes } };
}

function fetchNode({ service, path }: PlannedFetch, index: number, calls: SubgraphCallRecord[]): Trace.IQueryPlanNode {
  const call = calls.find(({ fetches }) => fetches.includes(index));
  const fetch = {
    serviceName: service,
    ...(call && {
      sentTime: timestamp(call.sentAt),
      sentTimeOffset: Math.round(call.sentAfter * NANOSECONDS),
      receivedTime: timestamp(call.receivedAt),
    }),
    ...(call?.trace && call.fetches[0] === index && decodeTrace(call.trace)),
  };
  if (path.length === 0) return { fetch };
  return { flatten: { responsePath: path.map((fieldName) => ({ fieldName })), node: { fetch } } };
}

function decodeTrace(text: string): Pick<Trace.QueryPlanNode.IFetchNode, 'trace' | 'traceParsingFailed'> {
  try {
    return { trace: Trace.decode(Buffer.from(text, 'base64')) };
  } catch {
    return { traceParsingFailed: true };
  }
}

/** Converts epoch milliseconds to protobuf's timestamp. */
export function timestamp(milliseconds: number) {
  const whole = Math.floor(milliseconds);
  return { seconds: Math.floor(whole / 1_000), nanos: (whole % 1_000) * NANOSECONDS };
}

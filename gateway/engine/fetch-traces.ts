import type { GatewayGraphQLRequestMetrics } from '@apollo/server-gateway-interface';
import type { Trace } from '@apollo/usage-reporting-protobuf';
import type { SubgraphResponse } from '#platform/envelope.ts';
import type { PathStep, ProgramFetch } from './program.ts';

type FetchTrace = Trace.QueryPlanNode.IFetchNode;

/**
 * Collects what subgraphs say of how they answered, for Studio: an `ftv1` trace in an answer's extensions belongs to the
 * first of the fetches that shared the call. https://www.apollographql.com/docs/graphos/reference/federation/trace-format
 */
export class FetchTraces {
  readonly #metrics: GatewayGraphQLRequestMetrics;
  readonly #encoded = new Map<number, string>();
  readonly #byFetch = new Map<number, FetchTrace>();

  constructor(metrics: GatewayGraphQLRequestMetrics) {
    this.#metrics = metrics;
  }

  /** Waits for the answer to a call that these fetches share. */
  async follow(service: string, fetches: number[], sent: Promise<SubgraphResponse>): Promise<SubgraphResponse> {
    const { startHrTime } = this.#metrics;
    const [seconds, nanos] = startHrTime ? process.hrtime(startHrTime) : [0, 0];
    const trace: FetchTrace = { serviceName: service, sentTime: now(), sentTimeOffset: seconds * 1e9 + nanos };
    for (const fetch of fetches) this.#byFetch.set(fetch, { ...trace });
    try {
      const response = await sent;
      this.#note(service, fetches, response);
      return response;
    } finally {
      for (const fetch of fetches) Object.assign(this.#byFetch.get(fetch) ?? {}, { receivedTime: now() });
    }
  }

  /** Gives Apollo Server's usage reporting the plan with its traces. */
  async report(fetches: readonly ProgramFetch[]): Promise<void> {
    const { Trace } = await import('@apollo/usage-reporting-protobuf');
    for (const [fetch, text] of this.#encoded) {
      const node = this.#byFetch.get(fetch);
      if (!node) continue;
      try {
        node.trace = Trace.decode(Buffer.from(text, 'base64'));
      } catch {
        node.traceParsingFailed = true;
      }
    }
    const steps = levelsOf(fetches).map((level) => ({
      parallel: { nodes: level.map((index) => this.#node(fetches, index)) },
    }));
    this.#metrics.queryPlanTrace = Trace.QueryPlanNode.create({ sequence: { nodes: steps } });
  }

  #note(service: string, [first]: number[], { errors, extensions }: SubgraphResponse): void {
    const trace = extensions?.ftv1;
    if (typeof trace === 'string' && first !== undefined) this.#encoded.set(first, trace);
    else if (errors) {
      const paths = errors.map(({ path }) => ({ subgraph: service, path }));
      this.#metrics.nonFtv1ErrorPaths = [...(this.#metrics.nonFtv1ErrorPaths ?? []), ...paths];
    }
  }

  #node(fetches: readonly ProgramFetch[], index: number): Trace.IQueryPlanNode {
    const { service = '', path = [] } = fetches[index] ?? {};
    const fetch = { fetch: this.#byFetch.get(index) ?? { serviceName: service } };
    return path.length === 0 ? fetch : { flatten: { responsePath: path.flatMap(pathElement), node: fetch } };
  }
}

function pathElement(step: PathStep): Trace.QueryPlanNode.IResponsePathElement[] {
  return typeof step === 'string' ? [{ fieldName: step }] : [];
}

/** Fetches by how many must come before them. */
function levelsOf(fetches: readonly ProgramFetch[]): number[][] {
  const levels: number[][] = [];
  const level: number[] = [];
  for (const [index, { after }] of fetches.entries()) {
    const own = Math.max(-1, ...after.map((each) => level[each] ?? 0)) + 1;
    level.push(own);
    levels[own] = [...(levels[own] ?? []), index];
  }
  return levels;
}

function now() {
  const milliseconds = Date.now();
  return { seconds: Math.floor(milliseconds / 1_000), nanos: (milliseconds % 1_000) * 1e6 };
}

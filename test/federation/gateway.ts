import { composeServices } from '@apollo/composition';
import { HeaderMap } from '@apollo/server';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { type FormattedExecutionResult, type GraphQLSchema, graphql, parse } from 'graphql';
import type { Viewer } from '#platform/viewer.ts';
import type { Policies } from '../../gateway/authorization/permissions.ts';
import { type GatewayContext, requestContext } from '../../gateway/context.ts';
import { limitsFrom } from '../../gateway/limits/limits.ts';
import { PreparedGateway } from '../../gateway/prepared/prepared-gateway.ts';
import { type GatewayServer, gatewayServer } from '../../gateway/server.ts';
import type { SubgraphCall, Transport } from '../../gateway/transports/transport.ts';

/** A subgraph in this process. */
export interface Service {
  name: string;
  typeDefs: string;
  schema: GraphQLSchema;
}

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [
  "@key", "@requires", "@provides", "@external", "@override", "@shareable", "@inaccessible", "@interfaceObject", "@tag",
  "@authenticated", "@requiresScopes", "@policy", "@context", "@fromContext", "@composeDirective"
])`;

/** Makes a subgraph of the newest federation version, unless its schema says which it is of. */
export function service(name: string, schema: string, resolvers: object = {}): Service {
  const typeDefs = schema.includes('@link(') ? schema : `${LINK}\n${schema}`;
  const modules = [{ typeDefs: parse(typeDefs), resolvers: resolvers as Record<string, never> }];
  return { name, typeDefs, schema: buildSubgraphSchema(modules) };
}

/** The supergraph of services, whose addresses are `http://NAME.test`. */
export function compose(services: Pick<Service, 'name' | 'typeDefs'>[]): string {
  const definitions = services.map(({ name, typeDefs }) => ({
    name,
    typeDefs: parse(typeDefs),
    url: `http://${name}.test`,
  }));
  const { supergraphSdl, errors } = composeServices(definitions);
  if (!supergraphSdl) throw new Error(errors?.map(({ message }) => message).join('\n'));
  return supergraphSdl;
}

/** What a subgraph was asked. */
export interface Asked {
  service: string;
  query: string;
  variables: Record<string, unknown>;
}

/** What a client of a test gets. */
export interface Answer {
  // biome-ignore lint/suspicious/noExplicitAny: what a test asks for, it knows the shape of
  data?: any;
  errors?: FormattedExecutionResult['errors'];
  extensions?: Record<string, unknown>;
  status?: number | undefined;
}

/** The gateway over services of this process. */
export class TestGateway {
  readonly calls: Asked[] = [];
  /** Whether each query is run a second time, as a prepared one; not where a test counts what services were asked. */
  checksDirect = true;
  /** Who sends the requests. */
  viewer: Viewer | undefined;
  readonly #gateway: GatewayServer;
  readonly #direct: PreparedGateway;

  constructor(
    services: Service[],
    { supergraphSdl = compose(services), transport = inProcess, timeout = 1_000, policies }: TestGatewayOptions = {},
  ) {
    this.#gateway = gatewayServer({
      supergraphSdl,
      introspection: true,
      subgraphTimeout: timeout,
      transportFor: (address) => this.#recorded(serviceAt(services, address), transport),
      ...(policies && { guard: { policies, limits: limitsFrom(undefined) } }),
    });
    const { prepared, send } = this.#gateway;
    const admission = { maxCost: Number.POSITIVE_INFINITY, policies: policies ?? {} };
    this.#direct = new PreparedGateway({ operations: prepared, send, admission, maxBytes: 1_000_000 });
  }

  async execute(
    query: string,
    variables: Record<string, unknown> = {},
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    this.calls.length = 0;
    const http = { method: 'POST', search: '', body: { query, variables }, headers: headerMap(headers) };
    const context = async () => this.#context(headers);
    const { body, status } = await this.#gateway.server.executeHTTPGraphQLRequest({
      httpGraphQLRequest: http,
      context,
    });
    if (body.kind !== 'complete') return {};
    await this.#checkDirect(query, variables, headers, body.string);
    return { status: status ?? 200, ...JSON.parse(body.string) };
  }

  /** What has been run once is prepared: run so, it must give the same, letter for letter. */
  async #checkDirect(query: string, variables: object, headers: Record<string, string>, expected: string) {
    if (!this.checksDirect || query.trimStart().startsWith('mutation')) return;
    const calls = [...this.calls];
    const request = {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      search: '',
      body: JSON.stringify({ query, variables }),
    };
    const answer = await this.#direct.answer(request, () => this.#context(headers));
    this.calls.splice(0, this.calls.length, ...calls);
    if (answer) expect(withoutIds(answer.body)).toBe(withoutIds(expected));
  }

  #context(headers: Record<string, string>): GatewayContext {
    return { ...requestContext(headers, 10_000), ...(this.viewer && { viewer: this.viewer }) };
  }

  stop(): Promise<void> {
    return this.#gateway.server.stop();
  }

  start(): Promise<void> {
    return this.#gateway.server.start();
  }

  #recorded(service: Service, transport: (service: Service) => Transport): Transport {
    const send = transport(service);
    return (call, limit) => {
      this.calls.push({ service: service.name, ...read(call) });
      return send(call, limit);
    };
  }
}

export interface TestGatewayOptions {
  supergraphSdl?: string;
  transport?: (service: Service) => Transport;
  /** Milliseconds a subgraph is waited for. */
  timeout?: number;
  /** Who may see what is enforced if they are given, and so are the default limits. */
  policies?: Policies;
}

const started: TestGateway[] = [];

/** Starts the gateway over services; the end of the test file stops it. */
export async function gateway(services: Service[], options: TestGatewayOptions = {}): Promise<TestGateway> {
  const made = new TestGateway(services, options);
  await made.start();
  started.push(made);
  return made;
}

afterAll(() => Promise.all(started.map((each) => each.stop())));

/** Executes calls on the service's schema, as its server would. */
export function inProcess({ schema }: Service): Transport {
  return async (call) => {
    const { query, variables } = read(call);
    const result = await graphql({ schema, source: query, variableValues: variables });
    return { response: JSON.parse(JSON.stringify(result)) };
  };
}

/** What a call says. */
export function read({ operation, variables }: SubgraphCall): { query: string; variables: Record<string, unknown> } {
  return { ...JSON.parse(`{${operation.members}}`), variables: JSON.parse(variables) };
}

function serviceAt(services: Service[], address: string): Service {
  const found = services.find(({ name }) => address === `http://${name}.test`);
  if (!found) throw new Error(`No service at ${address}`);
  return found;
}

function headerMap(headers: Record<string, string>) {
  return new HeaderMap(Object.entries({ 'content-type': 'application/json', ...headers }));
}

/** Each masked error has an id of its own. */
function withoutIds(body: string): string {
  return body.replace(/"errorId":"[^"]+"/g, '"errorId":""');
}

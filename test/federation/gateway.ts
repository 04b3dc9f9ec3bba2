import { composeServices } from '@apollo/composition';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { type FormattedExecutionResult, type GraphQLSchema, graphql, parse } from 'graphql';
import type { Viewer } from '#platform/graphql/viewer.ts';
import type { Policies } from '../../gateway/authorization/permissions.ts';
import type { HttpRequest, HttpResponse, TextResponse } from '../../gateway/http/http-message.ts';
import { limitsFrom } from '../../gateway/limits/limits.ts';
import { GENEROUS_LIMITS, standaloneGateway } from '../../gateway/standalone/standalone-gateway.ts';
import type { SubgraphCall, Transport } from '../../gateway/subgraphs/transports/transport.ts';

/** Subgraph in this process. */
export interface Service {
  name: string;
  typeDefs: string;
  schema: GraphQLSchema;
}

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [
  "@key", "@requires", "@provides", "@external", "@override", "@shareable", "@inaccessible", "@interfaceObject", "@tag",
  "@authenticated", "@requiresScopes", "@policy", "@context", "@fromContext", "@composeDirective"
])`;

/** Returns a subgraph; a schema without `@link` gets the newest federation version. */
export function service(name: string, schema: string, resolvers: object = {}): Service {
  const typeDefs = schema.includes('@link(') ? schema : `${LINK}\n${schema}`;
  const modules = [{ typeDefs: parse(typeDefs), resolvers: resolvers as Record<string, never> }];
  return { name, typeDefs, schema: buildSubgraphSchema(modules) };
}

/** Composes services into a supergraph, with the URLs `http://NAME.test`. */
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

/** Operation that a subgraph received. */
export interface ServiceCall {
  service: string;
  query: string;
  variables: Record<string, unknown>;
}

/** GraphQL response with its HTTP status. */
export interface Answer {
  // biome-ignore lint/suspicious/noExplicitAny: each test knows the shape of its query
  data?: any;
  errors?: FormattedExecutionResult['errors'];
  extensions?: Record<string, unknown>;
  status?: number | undefined;
}

/** Gateway with services in this process. */
export class TestGateway {
  readonly calls: ServiceCall[] = [];
  /** Whether each query runs a second time, from its cached plan, with the same response. */
  runsTwice = true;
  /** Viewer of the requests. */
  viewer: Viewer | undefined;
  #respond: ((request: HttpRequest) => Promise<HttpResponse>) | undefined;

  async start(
    services: Service[],
    { supergraphSdl = compose(services), transport = inProcess, timeout = 1_000, policies }: TestGatewayOptions = {},
  ): Promise<void> {
    this.#respond = await standaloneGateway({
      supergraphSdl,
      timeout,
      transportFor: (address) => this.#recordCalls(serviceAt(services, address), transport),
      ...(policies && {
        access: {
          policies,
          limits: { ...GENEROUS_LIMITS, cost: limitsFrom(undefined).cost },
          identify: async () => this.viewer,
        },
      }),
    });
  }

  async execute(
    query: string,
    variables: Record<string, unknown> = {},
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    this.calls.length = 0;
    const { status, body } = await this.#post(query, variables, headers);
    await this.#checkSecondRun(query, variables, headers, body);
    return { status, ...JSON.parse(body) };
  }

  /** Returns the response as it comes from the gateway. */
  async respond(
    query: string,
    variables: Record<string, unknown> = {},
    headers: Record<string, string> = {},
  ): Promise<HttpResponse> {
    if (!this.#respond) throw new Error('The gateway was not started');
    return this.#respond({
      method: 'POST',
      path: '/graphql',
      search: '',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query, variables }),
    });
  }

  /** Only the first run goes through Apollo Server: both bodies must be equal, byte for byte. */
  async #checkSecondRun(
    query: string,
    variables: Record<string, unknown>,
    headers: Record<string, string>,
    expected: string,
  ) {
    if (!this.runsTwice || query.trimStart().startsWith('mutation')) return;
    const calls = [...this.calls];
    const { body } = await this.#post(query, variables, headers);
    this.calls.splice(0, this.calls.length, ...calls);
    expect(withoutIds(body)).toBe(withoutIds(expected));
  }

  async #post(
    query: string,
    variables: Record<string, unknown>,
    headers: Record<string, string>,
  ): Promise<TextResponse> {
    const response = await this.respond(query, variables, headers);
    return { ...response, body: String(response.body) };
  }

  #recordCalls(service: Service, transport: (service: Service) => Transport): Transport {
    const send = transport(service);
    return (call, limit) => {
      this.calls.push({ service: service.name, ...readCall(call) });
      return send(call, limit);
    };
  }
}

export interface TestGatewayOptions {
  supergraphSdl?: string;
  transport?: (service: Service) => Transport;
  /** Milliseconds until a call of a subgraph times out. */
  timeout?: number;
  /** If set, authorization directives and the default limit of the cost are enforced. */
  policies?: Policies;
}

/** Starts a gateway with services. */
export async function gateway(services: Service[], options: TestGatewayOptions = {}): Promise<TestGateway> {
  const started = new TestGateway();
  await started.start(services, options);
  return started;
}

/** Returns a transport that executes calls on the service's schema. */
export function inProcess({ schema }: Service): Transport {
  return async (call) => {
    const { query, variables } = readCall(call);
    const result = await graphql({ schema, source: query, variableValues: variables });
    return { response: JSON.parse(JSON.stringify(result)) };
  };
}

/** Returns the query and the variables of a call. */
export function readCall({ operation, variables }: SubgraphCall): {
  query: string;
  variables: Record<string, unknown>;
} {
  return { ...JSON.parse(`{${operation.members}}`), variables: JSON.parse(variables) };
}

function serviceAt(services: Service[], address: string): Service {
  const found = services.find(({ name }) => address === `http://${name}.test`);
  if (!found) throw new Error(`No service at ${address}`);
  return found;
}

/** Masked errors have random ids. */
function withoutIds(body: string): string {
  return body.replace(/"errorId":"[^"]+"/g, '"errorId":""');
}

import { composeServices } from '@apollo/composition';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { type FormattedExecutionResult, type GraphQLSchema, graphql, parse } from 'graphql';
import type { Viewer } from '#platform/graphql/viewer.ts';
import type { Policies } from '../../gateway/authorization/permissions.ts';
import type { HttpRequest, HttpResponse } from '../../gateway/http/http-message.ts';
import { limitsFrom } from '../../gateway/limits/limits.ts';
import { GENEROUS_LIMITS, standaloneGateway } from '../../gateway/standalone/standalone-gateway.ts';
import type { SubgraphCall, Transport } from '../../gateway/subgraphs/transports/transport.ts';

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
  // biome-ignore lint/suspicious/noExplicitAny: each test knows the shape of its query
  data?: any;
  errors?: FormattedExecutionResult['errors'];
  extensions?: Record<string, unknown>;
  status?: number | undefined;
}

/** The gateway over services of this process. */
export class TestGateway {
  readonly calls: Asked[] = [];
  /** Whether each query is run a second time, when it is planned already; not where a test counts what services were asked. */
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
      transportFor: (address) => this.#recorded(serviceAt(services, address), transport),
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

  /** The first run goes through Apollo Server, the second does not: the answers are equal, letter for letter. */
  async #checkSecondRun(query: string, variables: object, headers: Record<string, string>, expected: string) {
    if (!this.runsTwice || query.trimStart().startsWith('mutation')) return;
    const calls = [...this.calls];
    const { body } = await this.#post(query, variables, headers);
    this.calls.splice(0, this.calls.length, ...calls);
    expect(withoutIds(body)).toBe(withoutIds(expected));
  }

  async #post(query: string, variables: object, headers: Record<string, string>): Promise<HttpResponse> {
    if (!this.#respond) throw new Error('The gateway was not started');
    return this.#respond({
      method: 'POST',
      path: '/graphql',
      search: '',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query, variables }),
    });
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
  /** With policies, authorization directives and the default limit of the cost are enforced. */
  policies?: Policies;
}

/** Starts the gateway over services. */
export async function gateway(services: Service[], options: TestGatewayOptions = {}): Promise<TestGateway> {
  const made = new TestGateway();
  await made.start(services, options);
  return made;
}

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

/** Each masked error has an id of its own. */
function withoutIds(body: string): string {
  return body.replace(/"errorId":"[^"]+"/g, '"errorId":""');
}

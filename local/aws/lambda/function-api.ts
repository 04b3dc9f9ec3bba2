import { LOCAL_ACCOUNT } from '../../assembly/arns.ts';
import type { AwsRequest, AwsResponse } from '../aws-request.ts';
import { type Access, AwsError, type AwsService, inputOf } from '../aws-service.ts';
import { aliasConfiguration, codeLocation, functionConfiguration, routeFrom } from './function-configuration.ts';
import { functionRef } from './function-ref.ts';
import { type AliasRoute, LATEST } from './function-versions.ts';
import type { LambdaService } from './lambda-service.ts';

/** A call, its function and alias from the path, and its query. */
interface Call {
  name: string;
  alias: string;
  query: URLSearchParams;
  body: () => Record<string, unknown>;
}

interface Operation {
  action: string;
  method: string;
  path: RegExp;
  status?: number;
  run: (lambda: LambdaService, call: Call) => object | undefined;
}

const DEFAULT_PAGE = 50;
const FUNCTION = '^/2015-03-31/functions/([^/]+)';

const OPERATIONS: Operation[] = [
  {
    action: 'ListFunctions',
    method: 'GET',
    path: /^\/2015-03-31\/functions\/?$/,
    run: (lambda, { query }) => {
      const isAll = query.get('FunctionVersion') === 'ALL';
      const versions = lambda.names.map((name) => lambda.versionsOf(name));
      const pools = versions.flatMap((each) => (isAll ? each.pools : [each.latest]));
      return page(
        'Functions',
        pools.map((pool) => functionConfiguration(pool, isAll ? pool.version : undefined)),
        query,
      );
    },
  },
  {
    action: 'GetFunction',
    method: 'GET',
    path: new RegExp(`${FUNCTION}$`),
    run: (lambda, call) => {
      const pool = poolOf(lambda, call);
      return {
        Configuration: functionConfiguration(pool, call.query.get('Qualifier')),
        Code: codeLocation(pool),
        Tags: {},
      };
    },
  },
  {
    action: 'GetFunctionConfiguration',
    method: 'GET',
    path: new RegExp(`${FUNCTION}/configuration$`),
    run: (lambda, call) => functionConfiguration(poolOf(lambda, call), call.query.get('Qualifier')),
  },
  {
    action: 'PublishVersion',
    method: 'POST',
    path: new RegExp(`${FUNCTION}/versions$`),
    status: 201,
    run: (lambda, { name }) => {
      const version = lambda.publish(name);
      const pool = lambda.versionsOf(name).version(version);
      return pool && functionConfiguration(pool, version);
    },
  },
  {
    action: 'ListVersionsByFunction',
    method: 'GET',
    path: new RegExp(`${FUNCTION}/versions$`),
    run: (lambda, { name, query }) => {
      const { pools } = lambda.versionsOf(name);
      return page(
        'Versions',
        pools.map((pool) => functionConfiguration(pool, pool.version)),
        query,
      );
    },
  },
  {
    action: 'ListAliases',
    method: 'GET',
    path: new RegExp(`${FUNCTION}/aliases$`),
    run: (lambda, { name, query }) => {
      const all = [...lambda.versionsOf(name).aliases].map(([alias, route]) => aliasConfiguration(name, alias, route));
      const version = query.get('FunctionVersion');
      return page(
        'Aliases',
        all.filter(({ FunctionVersion }) => !version || FunctionVersion === version),
        query,
      );
    },
  },
  {
    action: 'GetAlias',
    method: 'GET',
    path: new RegExp(`${FUNCTION}/aliases/([^/]+)$`),
    run: (lambda, { name, alias }) => aliasConfiguration(name, alias, routeOf(lambda, name, alias)),
  },
  {
    action: 'UpdateAlias',
    method: 'PUT',
    path: new RegExp(`${FUNCTION}/aliases/([^/]+)$`),
    run: (lambda, { name, alias, body }) => {
      const route = routeFrom(body(), routeOf(lambda, name, alias));
      lambda.setAlias(name, alias, route);
      return aliasConfiguration(name, alias, route);
    },
  },
];

/** Lambda's operations on functions, versions and aliases, https://docs.aws.amazon.com/lambda/latest/api/API_Operations.html */
export class FunctionApi implements AwsService {
  readonly #lambda: LambdaService;

  constructor(lambda: LambdaService) {
    this.#lambda = lambda;
  }

  accesses(request: AwsRequest): Access[] {
    const found = operationOf(request);
    if (!found) return [{ action: 'lambda:InvokeFunction', resource: '*' }];
    const { operation, call } = found;
    return [{ action: `lambda:${operation.action}`, resource: call.name ? arnOf(call.name) : '*' }];
  }

  async handle(request: AwsRequest): Promise<AwsResponse | undefined> {
    const { operation, call } = operationOf(request) ?? {};
    if (!operation || !call) return undefined;
    const output = operation.run(this.#lambda, call);
    const headers = { 'content-type': 'application/json' };
    return { status: operation.status ?? 200, headers, body: JSON.stringify(output ?? {}) };
  }
}

function operationOf(request: AwsRequest): { operation: Operation; call: Call } | undefined {
  const { pathname, searchParams: query } = new URL(request.url, 'http://localhost');
  const operation = OPERATIONS.find(({ method, path }) => method === request.method && path.test(pathname));
  if (!operation) return undefined;
  const [, encoded = '', alias = ''] = operation.path.exec(pathname) ?? [];
  const { name, qualifier } = functionRef(decodeURIComponent(encoded));
  if (qualifier !== undefined && !query.has('Qualifier')) query.set('Qualifier', qualifier);
  return { operation, call: { name, alias: decodeURIComponent(alias), query, body: () => inputOf(request) } };
}

function poolOf(lambda: LambdaService, { name, query }: Call) {
  const qualifier = query.get('Qualifier') ?? LATEST;
  const versions = lambda.versionsOf(name);
  const pool = versions.version(versions.aliases.get(qualifier)?.version ?? qualifier);
  if (pool) return pool;
  throw new AwsError('ResourceNotFoundException', `Function not found: ${arnOf(name)}:${qualifier}`, 404);
}

function routeOf(lambda: LambdaService, name: string, alias: string): AliasRoute {
  const route = lambda.versionsOf(name).aliases.get(alias);
  if (route) return route;
  throw new AwsError('ResourceNotFoundException', `Cannot find alias arn: ${arnOf(name)}:${alias}`, 404);
}

function page(member: string, items: object[], query: URLSearchParams): object {
  const from = Number(query.get('Marker') ?? 0);
  const to = from + Number(query.get('MaxItems') ?? DEFAULT_PAGE);
  return { [member]: items.slice(from, to), ...(to < items.length && { NextMarker: String(to) }) };
}

function arnOf(name: string): string {
  return `arn:aws:lambda:${LOCAL_ACCOUNT.region}:${LOCAL_ACCOUNT.accountId}:function:${name}`;
}

import { resolve } from 'node:path';
import type { CreateTableCommandInput } from '@aws-sdk/client-dynamodb';
import type { Cors } from '../http-api/cors.ts';
import type { Route } from '../http-api/route.ts';
import type { PolicyStatement } from '../iam/policy.ts';
import type { FunctionDefinition } from '../lambda/function-definition.ts';
import { Resolver, type RuntimeAttributes } from './intrinsics.ts';
import { readAssembly, type Stack, type TemplateResource } from './read-assembly.ts';

/** A function with what its role allows. */
export interface LocalFunction extends FunctionDefinition {
  policies: PolicyStatement[];
}

export interface LocalTable {
  name: string;
  create: CreateTableCommandInput;
  /** The attribute, epoch seconds, after which an item goes. */
  timeToLive?: string;
}

/** What a cloud assembly asks for, in the terms of the local run. */
export interface SystemModel {
  functions: LocalFunction[];
  tables: LocalTable[];
  routes: Route[];
  cors: Cors | undefined;
  /** Id of the user pool's client: the audience of tokens. */
  audience: string | undefined;
  /** Resources that the local run has no counterpart for. */
  withoutCounterpart: { stack: string; logicalId: string; type: string }[];
}

/** Types that need nothing of their own here: what they say is read with another resource, or has no effect locally. */
const READ_WITH_OTHERS = new Set([
  'AWS::IAM::Role',
  'AWS::IAM::Policy',
  'AWS::Lambda::Version',
  'AWS::Lambda::Alias',
  'AWS::Lambda::Permission',
  'AWS::ApiGatewayV2::Integration',
  'AWS::ApiGatewayV2::Stage',
  'AWS::Cognito::UserPoolGroup',
  'AWS::Cognito::UserPool',
  'AWS::Logs::LogGroup',
  'AWS::SSM::Parameter',
  'AWS::CDK::Metadata',
]);

/** Reads a cloud assembly into a model. */
export function systemModel(directory: string, runtime: RuntimeAttributes = {}): SystemModel {
  const stacks = readAssembly(directory);
  const model: SystemModel = {
    functions: [],
    tables: [],
    routes: [],
    cors: undefined,
    audience: undefined,
    withoutCounterpart: [],
  };
  for (const stack of stacks) {
    const resolver = new Resolver(stack, stacks, runtime);
    const reader = new StackReader(stack, resolver, directory);
    for (const [logicalId, resource] of resolver.resources()) reader.read(logicalId, resource, model);
  }
  return model;
}

type Properties = Record<string, unknown>;

/** Reads the resources of one stack; a method for each type that has a counterpart. */
class StackReader {
  readonly #stack: Stack;
  readonly #resolver: Resolver;
  readonly #directory: string;

  constructor(stack: Stack, resolver: Resolver, directory: string) {
    this.#stack = stack;
    this.#resolver = resolver;
    this.#directory = directory;
  }

  read(logicalId: string, resource: TemplateResource, model: SystemModel): void {
    const read = this.#readers[resource.Type];
    if (read && !hasNoAsset(resource)) {
      return read(this.#resolver.properties(resource), model, { logicalId, resource });
    }
    if (READ_WITH_OTHERS.has(resource.Type)) return;
    model.withoutCounterpart.push({ stack: this.#stack.name, logicalId, type: resource.Type });
  }

  readonly #readers: Record<
    string,
    (properties: Properties, model: SystemModel, of: { logicalId: string; resource: TemplateResource }) => void
  > = {
    'AWS::Lambda::Function': (properties, model, { logicalId, resource }) => {
      const { Variables = {} } = (properties.Environment ?? {}) as { Variables?: Record<string, string> };
      model.functions.push({
        name: String(properties.FunctionName ?? logicalId),
        codeDirectory: resolve(this.#directory, String(resource.Metadata?.['aws:asset:path'])),
        handler: String(properties.Handler),
        memory: Number(properties.MemorySize ?? 128),
        timeout: Number(properties.Timeout ?? 3) * 1_000,
        ...(properties.ReservedConcurrentExecutions !== undefined && {
          reservedConcurrency: Number(properties.ReservedConcurrentExecutions),
        }),
        environment: Variables,
        qualifiers: ['$LATEST', '1', ...this.#aliasesOf(logicalId)],
        policies: this.#policiesOf(resource),
      });
    },
    'AWS::DynamoDB::Table': (properties, model) => model.tables.push(tableFrom(properties)),
    'AWS::DynamoDB::GlobalTable': (properties, model) => model.tables.push(tableFrom(properties)),
    'AWS::ApiGatewayV2::Api': ({ CorsConfiguration }, model) => {
      if (CorsConfiguration) model.cors = corsFrom(CorsConfiguration as CorsProperties);
    },
    'AWS::ApiGatewayV2::Route': ({ RouteKey, Target }, model) => {
      const [method = '', path = ''] = String(RouteKey)
        .replace(/^\$default$/, 'ANY $default')
        .split(' ');
      const integration = this.#stack.template.Resources[String(Target).replace('integrations/', '')];
      const { IntegrationUri, TimeoutInMillis } = this.#resolver.properties(integration ?? { Type: '' });
      const [, functionName, qualifier = '$LATEST'] = /:function:([^/:]+):?([^/]+)?/.exec(String(IntegrationUri)) ?? [];
      if (!functionName)
        throw new Error(`Stack ${this.#stack.name}: the route "${RouteKey}" does not lead to a function.`);
      const timeoutMs = TimeoutInMillis === undefined ? undefined : Number(TimeoutInMillis);
      model.routes.push({ method, path, functionName, qualifier, ...(timeoutMs && { timeoutMs }) });
    },
    'AWS::Cognito::UserPoolClient': (_, model, { logicalId }) => {
      model.audience = logicalId;
    },
  };

  #aliasesOf(functionId: string): string[] {
    return this.#ofType('AWS::Lambda::Alias')
      .filter((alias) => refersTo(alias.Properties?.FunctionName, functionId))
      .map((alias) => String(this.#resolver.properties(alias).Name));
  }

  #policiesOf(fn: TemplateResource): PolicyStatement[] {
    const [roleId] = (fn.Properties?.Role as { 'Fn::GetAtt'?: string[] })?.['Fn::GetAtt'] ?? [];
    return this.#ofType('AWS::IAM::Policy')
      .filter(({ Properties }) => (Properties?.Roles as unknown[] | undefined)?.some((role) => refersTo(role, roleId)))
      .flatMap(
        (policy) => (this.#resolver.properties(policy).PolicyDocument as { Statement: PolicyStatement[] }).Statement,
      );
  }

  #ofType(type: string): TemplateResource[] {
    return Object.values(this.#stack.template.Resources).filter(({ Type }) => Type === type);
  }
}

/** A function whose code is in the template, as those of CDK's own helpers are, does not run here. */
function hasNoAsset({ Type, Metadata }: TemplateResource): boolean {
  return Type === 'AWS::Lambda::Function' && Metadata?.['aws:asset:path'] === undefined;
}

interface CorsProperties {
  AllowOrigins?: string[];
  AllowMethods?: string[];
  AllowHeaders?: string[];
  ExposeHeaders?: string[];
  AllowCredentials?: boolean;
  MaxAge?: number | string;
}

function corsFrom(properties: CorsProperties): Cors {
  const { AllowOrigins, AllowMethods, AllowHeaders, ExposeHeaders, AllowCredentials, MaxAge } = properties;
  return {
    allowOrigins: AllowOrigins ?? [],
    allowMethods: AllowMethods ?? [],
    allowHeaders: AllowHeaders ?? [],
    ...(ExposeHeaders && { exposeHeaders: ExposeHeaders }),
    ...(AllowCredentials && { allowCredentials: true }),
    maxAge: Number(MaxAge ?? 0),
  };
}

function refersTo(value: unknown, logicalId: string | undefined): boolean {
  return (value as { Ref?: string } | undefined)?.Ref === logicalId;
}

function tableFrom(properties: Properties): LocalTable {
  const { TableName, KeySchema, AttributeDefinitions, GlobalSecondaryIndexes, LocalSecondaryIndexes } = properties;
  const ttl = properties.TimeToLiveSpecification as { AttributeName: string } | undefined;
  const create = { TableName, KeySchema, AttributeDefinitions, GlobalSecondaryIndexes, LocalSecondaryIndexes };
  return {
    name: String(TableName),
    create: { ...create, BillingMode: 'PAY_PER_REQUEST' } as CreateTableCommandInput,
    ...(ttl && { timeToLive: ttl.AttributeName }),
  };
}

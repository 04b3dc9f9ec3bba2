import { alarmArn, arn, LOCAL_ACCOUNT, logGroupArn, queueArn, streamArn, topicArn } from './arns.ts';
import type { Stack, TemplateResource } from './read-assembly.ts';

/** Attributes (and `Ref`) whose values exist only at run time, by resource type and attribute. */
export type RuntimeAttributes = Record<string, Record<string, (name: string) => string>>;

/** Return values of `Ref` and `Fn::GetAtt` for a resource type. */
interface ReturnValues {
  ref: (name: string) => string;
  /** `property` returns a resolved property of the resource. */
  attributes?: Record<string, (name: string, property: (name: string) => unknown) => string>;
  /** Property with the resource's name. */
  nameProperty?: string;
  /** Whether a resource without a name has one with the stack's name: logical ids are unique only in a stack. */
  isNamedByStack?: boolean;
}

const onBus = (bus: unknown) => (bus === undefined || bus === 'default' ? '' : `${bus}/`);
const named = (name: string) => name;

const TABLE: ReturnValues = {
  nameProperty: 'TableName',
  ref: named,
  attributes: {
    Arn: (name) => arn('dynamodb', `table/${name}`),
    StreamArn: streamArn,
  },
};

/** For any other type, `Ref` returns the logical id, and there are no attributes. */
const RETURN_VALUES: Record<string, ReturnValues> = {
  'AWS::Lambda::Function': {
    nameProperty: 'FunctionName',
    ref: named,
    attributes: { Arn: (name) => arn('lambda', `function:${name}`) },
  },
  'AWS::Lambda::Version': { ref: named, attributes: { Version: () => '1' } },
  'AWS::DynamoDB::Table': TABLE,
  'AWS::DynamoDB::GlobalTable': TABLE,
  'AWS::Events::EventBus': {
    nameProperty: 'Name',
    ref: named,
    attributes: { Arn: (name) => arn('events', `event-bus/${name}`), Name: named },
  },
  'AWS::Events::Archive': {
    nameProperty: 'ArchiveName',
    ref: named,
    attributes: { Arn: (name) => arn('events', `archive/${name}`) },
  },
  'AWS::Events::Rule': {
    nameProperty: 'Name',
    ref: named,
    attributes: { Arn: (name, property) => arn('events', `rule/${onBus(property('EventBusName'))}${name}`) },
  },
  'AWS::SQS::Queue': {
    nameProperty: 'QueueName',
    ref: named,
    attributes: { Arn: queueArn, QueueName: named },
  },
  'AWS::IAM::Role': {
    nameProperty: 'RoleName',
    ref: named,
    attributes: { Arn: (name) => `arn:aws:iam::${LOCAL_ACCOUNT.accountId}:role/${name}` },
  },
  'AWS::Logs::LogGroup': {
    nameProperty: 'LogGroupName',
    ref: named,
    attributes: { Arn: logGroupArn },
  },
  'AWS::SNS::Topic': {
    nameProperty: 'TopicName',
    isNamedByStack: true,
    ref: topicArn,
    attributes: { TopicArn: topicArn, TopicName: named },
  },
  'AWS::CloudWatch::Alarm': {
    nameProperty: 'AlarmName',
    isNamedByStack: true,
    ref: named,
    attributes: { Arn: alarmArn },
  },
  'AWS::CodeDeploy::Application': { nameProperty: 'ApplicationName', isNamedByStack: true, ref: named },
  'AWS::CodeDeploy::DeploymentGroup': { nameProperty: 'DeploymentGroupName', isNamedByStack: true, ref: named },
  'AWS::CodeDeploy::DeploymentConfig': { nameProperty: 'DeploymentConfigName', isNamedByStack: true, ref: named },
  'AWS::Lambda::Url': {
    ref: named,
    attributes: { FunctionUrl: (id) => `https://${id.toLowerCase()}.lambda-url.${LOCAL_ACCOUNT.region}.on.aws/` },
  },
  'AWS::ApiGatewayV2::Api': {
    ref: named,
    attributes: { ApiId: named, ApiEndpoint: (id) => `wss://${id}.execute-api.${LOCAL_ACCOUNT.region}.amazonaws.com` },
  },
  'AWS::ApiGatewayV2::Stage': { nameProperty: 'StageName', ref: named },
  'AWS::Cognito::UserPool': {
    ref: (name) => `${LOCAL_ACCOUNT.region}_${name}`,
    attributes: { Arn: (name) => arn('cognito-idp', `userpool/${LOCAL_ACCOUNT.region}_${name}`) },
  },
};

const PSEUDO_PARAMETERS: Record<string, string> = {
  'AWS::Region': LOCAL_ACCOUNT.region,
  'AWS::AccountId': LOCAL_ACCOUNT.accountId,
  'AWS::Partition': LOCAL_ACCOUNT.partition,
  'AWS::URLSuffix': 'amazonaws.com',
};

export interface ResolverOptions {
  /** Unknown attributes resolve to `LOGICAL_ID.ATTRIBUTE` instead of an error: to compare resources that do not run here. */
  isLenient?: boolean;
}

/** Resolves the intrinsic functions of one stack's template. Throws an error that names the function it cannot resolve. */
export class Resolver {
  readonly #stack: Stack;
  readonly #stacks: Stack[];
  readonly #runtime: RuntimeAttributes;
  readonly #isLenient: boolean;

  constructor(
    stack: Stack,
    stacks: Stack[],
    runtime: RuntimeAttributes = {},
    { isLenient = false }: ResolverOptions = {},
  ) {
    this.#stack = stack;
    this.#stacks = stacks;
    this.#runtime = runtime;
    this.#isLenient = isLenient;
  }

  /** Returns the stack's resources, by logical id, without those whose condition is false. */
  resources(): [string, TemplateResource][] {
    return Object.entries(this.#stack.template.Resources).filter(
      ([, { Condition }]) => Condition === undefined || this.#holds(Condition),
    );
  }

  /** Returns a copy of a value with its intrinsic functions resolved. */
  resolve(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((each) => this.resolve(each)).filter((each) => each !== undefined);
    if (typeof value !== 'object' || value === null) return value;
    const [[name, argument] = ['', undefined], ...others] = Object.entries(value);
    const intrinsic = others.length === 0 ? this.#intrinsics[name] : undefined;
    if (intrinsic) return intrinsic(argument);
    if (name.startsWith('Fn::')) throw this.#error(`${name} is not supported by the local run`);
    const entries = Object.entries(value).map(([key, each]) => [key, this.resolve(each)]);
    return Object.fromEntries(entries.filter(([, each]) => each !== undefined));
  }

  /** Returns the resolved properties of a resource. */
  properties(resource: TemplateResource): Record<string, unknown> {
    return this.resolve(resource.Properties ?? {}) as Record<string, unknown>;
  }

  readonly #intrinsics: Record<string, (argument: unknown) => unknown> = {
    Ref: (name) => this.#ref(String(name)),
    'Fn::GetAtt': (argument) => {
      const [id = '', ...attribute] = typeof argument === 'string' ? argument.split('.') : (argument as string[]);
      return this.#attribute(id, attribute.join('.'));
    },
    'Fn::Join': (argument) => {
      const [separator, parts] = argument as [string, unknown];
      return (this.resolve(parts) as unknown[]).join(separator);
    },
    'Fn::Select': (argument) => {
      const [index, parts] = argument as [string | number, unknown];
      return (this.resolve(parts) as unknown[])[Number(index)];
    },
    'Fn::Split': (argument) => {
      const [separator, text] = argument as [string, unknown];
      return String(this.resolve(text)).split(separator);
    },
    'Fn::Sub': (argument) => {
      const [text, values] = (Array.isArray(argument) ? argument : [argument, {}]) as [string, Record<string, unknown>];
      return text
        .replace(/\$\{([^!}]+)\}/g, (_, name: string) => String(this.#substitute(name, values)))
        .replaceAll('${!', '${');
    },
    'Fn::Base64': (text) => Buffer.from(String(this.resolve(text))).toString('base64'),
    'Fn::FindInMap': (argument) => {
      const [map = '', first = '', second = ''] = (argument as unknown[]).map((part) => String(this.resolve(part)));
      const found = this.#stack.template.Mappings?.[map]?.[first]?.[second];
      if (found === undefined) throw this.#error(`Fn::FindInMap: ${[map, first, second].join('.')} is not in Mappings`);
      return found;
    },
    'Fn::If': (argument) => {
      const [condition, then, otherwise] = argument as [string, unknown, unknown];
      return this.resolve(this.#holds(condition) ? then : otherwise);
    },
    'Fn::Equals': (argument) => {
      const [left, right] = this.resolve(argument) as unknown[];
      return left === right;
    },
    'Fn::Not': (argument) => !(this.resolve(argument) as unknown[])[0],
    'Fn::And': (argument) => (this.resolve(argument) as unknown[]).every(Boolean),
    'Fn::Or': (argument) => (this.resolve(argument) as unknown[]).some(Boolean),
    // A function only inside conditions; elsewhere, an ordinary property.
    Condition: (argument) =>
      typeof argument === 'string' ? this.#holds(argument) : { Condition: this.resolve(argument) },
  };

  #holds(name: string): boolean {
    const condition = this.#stack.template.Conditions?.[name];
    if (condition === undefined) throw this.#error(`condition "${name}" is not declared`);
    return Boolean(this.resolve(condition));
  }

  #substitute(name: string, values: Record<string, unknown>): unknown {
    if (name in values) return this.resolve(values[name]);
    const [id = '', ...attribute] = name.split('.');
    return attribute.length > 0 ? this.#attribute(id, attribute.join('.')) : this.#ref(id);
  }

  #ref(name: string): unknown {
    const { Parameters = {}, Resources } = this.#stack.template;
    if (name in PSEUDO_PARAMETERS) return PSEUDO_PARAMETERS[name];
    if (name === 'AWS::StackName') return this.#stack.name;
    if (name === 'AWS::NoValue') return undefined;
    const parameter = Parameters[name];
    const given = this.#stack.parameters?.[name];
    if (parameter && given !== undefined) return given;
    if (parameter?.Type.startsWith('AWS::SSM::Parameter::Value')) return this.#storedParameter(parameter.Default ?? '');
    if (parameter) return parameter.Default;
    const resource = Resources[name];
    if (!resource) throw this.#error(`Ref: there is no resource or parameter "${name}"`);
    const created = this.#stack.values?.[name];
    if (created) return created.physicalId;
    if (resource.Type === 'AWS::Lambda::Alias') return this.#aliasArn(resource);
    const ref = this.#runtime[resource.Type]?.Ref ?? RETURN_VALUES[resource.Type]?.ref;
    return ref?.(this.#nameOf(name, resource)) ?? name;
  }

  #attribute(id: string, attribute: string): string {
    const resource = this.#stack.template.Resources[id];
    if (!resource) throw this.#error(`Fn::GetAtt: there is no resource "${id}"`);
    const created = this.#stack.values?.[id]?.attributes[attribute];
    if (created !== undefined) return created;
    const read = this.#runtime[resource.Type]?.[attribute] ?? RETURN_VALUES[resource.Type]?.attributes?.[attribute];
    if (!read && this.#isLenient) return `${id}.${attribute}`;
    if (!read)
      throw this.#error(`attribute ${attribute} of "${id}" (${resource.Type}) is not supported by the local run`);
    return read(this.#nameOf(id, resource), (name) => this.resolve(resource.Properties?.[name]));
  }

  #nameOf(id: string, { Type, Properties = {} }: TemplateResource): string {
    const { nameProperty = '', isNamedByStack } = RETURN_VALUES[Type] ?? {};
    const name = Properties[nameProperty];
    if (name !== undefined) return String(this.resolve(name));
    return isNamedByStack ? `${this.#stack.name}-${id}` : id;
  }

  #aliasArn({ Properties = {} }: TemplateResource): string {
    return arn('lambda', `function:${this.resolve(Properties.FunctionName)}:${this.resolve(Properties.Name)}`);
  }

  /** Stacks pass values to each other in SSM parameters; the value is resolved in the stack that declares it. */
  #storedParameter(name: string): unknown {
    if (name.startsWith('/cdk-bootstrap/')) return 'local';
    for (const stack of this.#stacks) {
      for (const { Type, Properties } of Object.values(stack.template.Resources)) {
        if (Type !== 'AWS::SSM::Parameter' || Properties?.Name !== name) continue;
        return new Resolver(stack, this.#stacks, this.#runtime).resolve(Properties.Value);
      }
    }
    throw this.#error(`no stack declares the SSM parameter ${name}`);
  }

  #error(message: string): Error {
    return new Error(`Stack ${this.#stack.name}: ${message}.`);
  }
}

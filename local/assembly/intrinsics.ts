import type { Stack, TemplateResource } from './read-assembly.ts';

/** Where the system pretends to be. */
export const LOCAL_ACCOUNT = { region: 'us-east-1', accountId: '123456789012', partition: 'aws' } as const;

/** Attributes that only the running system knows, and what `Ref` gives, by resource type and then attribute. */
export type RuntimeAttributes = Record<string, Record<string, (name: string) => string>>;

/** What `Ref` and `Fn::GetAtt` give for a resource; `resolve` is for its properties. */
interface Identity {
  ref: (name: string) => string;
  attributes?: Record<string, (name: string, property: (name: string) => unknown) => string>;
  /** The property that names the resource, where there is one. */
  nameProperty?: string;
}

/** The ARN of a queue. */
export function queueArn(name: string): string {
  return arn('sqs', name);
}

/** The ARN of a table's stream: a table has one at a time here, which is always called the same. */
export function streamArn(tableName: string): string {
  return arn('dynamodb', `table/${tableName}/stream/local`);
}

/** The ARN of a function, or of an alias or version of it. */
export function functionArn(name: string, qualifier?: string): string {
  return arn('lambda', `function:${name}${qualifier ? `:${qualifier}` : ''}`);
}

/** The ARN of a log group. */
export function logGroupArn(name: string): string {
  return arn('logs', `log-group:${name}:*`);
}

const arn = (service: string, resource: string) =>
  `arn:aws:${service}:${LOCAL_ACCOUNT.region}:${LOCAL_ACCOUNT.accountId}:${resource}`;
const onBus = (bus: unknown) => (bus === undefined || bus === 'default' ? '' : `${bus}/`);
const named = (name: string) => name;

const TABLE: Identity = {
  nameProperty: 'TableName',
  ref: named,
  attributes: {
    Arn: (name) => arn('dynamodb', `table/${name}`),
    StreamArn: streamArn,
  },
};

/** A type that is not here has its logical id for `Ref`, and no attribute. */
const IDENTITIES: Record<string, Identity> = {
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
  'AWS::ApiGatewayV2::Api': {
    ref: named,
    attributes: { ApiEndpoint: (id) => `https://${id}.execute-api.${LOCAL_ACCOUNT.region}.amazonaws.com` },
  },
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

/** Resolves the intrinsic functions of one stack's template; what cannot be resolved is an error that names it. */
export class Resolver {
  readonly #stack: Stack;
  readonly #all: Stack[];
  readonly #runtime: RuntimeAttributes;

  constructor(stack: Stack, all: Stack[], runtime: RuntimeAttributes = {}) {
    this.#stack = stack;
    this.#all = all;
    this.#runtime = runtime;
  }

  /** The resources of the stack that are there, by logical id: those whose condition holds, and those without one. */
  resources(): [string, TemplateResource][] {
    return Object.entries(this.#stack.template.Resources).filter(
      ([, { Condition }]) => Condition === undefined || this.#holds(Condition),
    );
  }

  /** A copy of a value with every intrinsic function in it replaced by what it gives. */
  resolve(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((each) => this.resolve(each)).filter((each) => each !== undefined);
    if (typeof value !== 'object' || value === null) return value;
    const [[name, argument] = ['', undefined], ...others] = Object.entries(value);
    const intrinsic = others.length === 0 ? this.#intrinsics[name] : undefined;
    if (intrinsic) return intrinsic(argument);
    if (name.startsWith('Fn::')) throw this.#error(`${name} is not known to the local run`);
    const entries = Object.entries(value).map(([key, each]) => [key, this.resolve(each)]);
    return Object.fromEntries(entries.filter(([, each]) => each !== undefined));
  }

  /** The properties of a resource, resolved. */
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
      if (found === undefined) throw this.#error(`Fn::FindInMap finds no ${[map, first, second].join('.')}`);
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
    // In a condition; elsewhere it is a property like any other.
    Condition: (argument) =>
      typeof argument === 'string' ? this.#holds(argument) : { Condition: this.resolve(argument) },
  };

  #holds(name: string): boolean {
    const condition = this.#stack.template.Conditions?.[name];
    if (condition === undefined) throw this.#error(`the condition "${name}" is not declared`);
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
    if (parameter?.Type.startsWith('AWS::SSM::Parameter::Value')) return this.#storedParameter(parameter.Default ?? '');
    if (parameter) return parameter.Default;
    const resource = Resources[name];
    if (!resource) throw this.#error(`Ref "${name}" names nothing`);
    if (resource.Type === 'AWS::Lambda::Alias') return this.#aliasArn(resource);
    const give = this.#runtime[resource.Type]?.Ref ?? IDENTITIES[resource.Type]?.ref;
    return give?.(this.#nameOf(name, resource)) ?? name;
  }

  #attribute(id: string, attribute: string): string {
    const resource = this.#stack.template.Resources[id];
    if (!resource) throw this.#error(`Fn::GetAtt names "${id}", which is not there`);
    const give = this.#runtime[resource.Type]?.[attribute] ?? IDENTITIES[resource.Type]?.attributes?.[attribute];
    if (!give)
      throw this.#error(`the attribute ${attribute} of "${id}" (${resource.Type}) is not known to the local run`);
    return give(this.#nameOf(id, resource), (name) => this.resolve(resource.Properties?.[name]));
  }

  #nameOf(id: string, { Type, Properties = {} }: TemplateResource): string {
    const name = Properties[IDENTITIES[Type]?.nameProperty ?? ''];
    return name === undefined ? id : String(this.resolve(name));
  }

  #aliasArn({ Properties = {} }: TemplateResource): string {
    return arn('lambda', `function:${this.resolve(Properties.FunctionName)}:${this.resolve(Properties.Name)}`);
  }

  /** Stacks find each other by parameters in SSM: the value is in whichever stack declares the parameter. */
  #storedParameter(name: string): unknown {
    if (name.startsWith('/cdk-bootstrap/')) return 'local';
    for (const stack of this.#all) {
      for (const { Type, Properties } of Object.values(stack.template.Resources)) {
        if (Type !== 'AWS::SSM::Parameter' || Properties?.Name !== name) continue;
        return new Resolver(stack, this.#all, this.#runtime).resolve(Properties.Value);
      }
    }
    throw this.#error(`it needs the SSM parameter ${name}, which no stack declares`);
  }

  #error(message: string): Error {
    return new Error(`Stack ${this.#stack.name}: ${message}.`);
  }
}

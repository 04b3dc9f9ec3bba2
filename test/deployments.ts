import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import aws4 from 'aws4';
import { LocalSystem } from '../local/system.ts';
import { eventually } from './eventually.ts';

type Resources = Record<string, { Type: string; Properties?: Record<string, unknown> } & Record<string, unknown>>;

/** A template, with its resources and anything else. */
export interface TestTemplate {
  Resources: Resources;
  [section: string]: unknown;
}

export interface DeployedEvent {
  id: string;
  status: string;
  reason: string;
}

const FUNCTIONS = join(import.meta.dirname, 'functions');
const IN_PROGRESS = /_IN_PROGRESS$/;

/** System to which tests deploy templates by CloudFormation's API. It can be restarted with its data. */
export class Deployments {
  readonly logs: string[] = [];
  readonly #folder = mkdtempSync(join(tmpdir(), 'deployments-'));
  #running: LocalSystem | undefined;

  /** Starts the system; `stacks` are those of its assembly. */
  static async start(stacks: Record<string, TestTemplate> = {}): Promise<Deployments> {
    const deployments = new Deployments();
    mkdirSync(join(deployments.#folder, 'assembly'));
    deployments.writeAssembly(stacks);
    await deployments.start();
    return deployments;
  }

  /** Writes the assembly that the next start reads. */
  writeAssembly(stacks: Record<string, TestTemplate>): void {
    const artifacts: Record<string, object> = {};
    const write = (file: string, content: object) =>
      writeFileSync(join(this.#folder, 'assembly', file), JSON.stringify(content));
    for (const [name, template] of Object.entries(stacks)) {
      const templateFile = `${name}.template.json`;
      artifacts[name] = { type: 'aws:cloudformation:stack', properties: { templateFile } };
      write(templateFile, template);
    }
    write('manifest.json', { artifacts });
  }

  async start(): Promise<void> {
    const [assembly, data] = ['assembly', 'data'].map((name) => join(this.#folder, name)) as [string, string];
    const onLog = (name: string, line: string) => this.logs.push(`${name} ${line}`);
    this.#running = await LocalSystem.start({ assembly, data, explorer: data, port: 0, onLog });
  }

  async stop(): Promise<void> {
    await this.#running?.close();
  }

  async remove(): Promise<void> {
    await this.stop();
    rmSync(this.#folder, { recursive: true });
  }

  get system(): LocalSystem {
    if (!this.#running) throw new Error('Not started');
    return this.#running;
  }

  /** Calls CloudFormation; returns the response's XML, throws its error message. */
  async call(Action: string, input: Record<string, string> = {}): Promise<string> {
    const { endpoint, credentials, region } = this.system.awsAccess;
    const { host } = new URL(endpoint);
    const body = new URLSearchParams({ Action, ...input }).toString();
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const request = { host, region, service: 'cloudformation', method: 'POST', path: '/', headers, body };
    const signed = aws4.sign(request, credentials);
    const response = await fetch(`${endpoint}/`, {
      method: 'POST',
      headers: signed.headers as Record<string, string>,
      body,
    });
    const text = await response.text();
    if (!response.ok) throw new Error(first(text, 'Message'));
    return text;
  }

  /** Creates a change set; returns its XML. */
  async changeSet(stack: string, template: TestTemplate, more: Record<string, string> = {}): Promise<string> {
    const ChangeSetName = `change-${randomUUID()}`;
    const exists = (await this.status(stack)) !== undefined;
    const created = await this.call('CreateChangeSet', {
      StackName: stack,
      ChangeSetName,
      ChangeSetType: exists ? 'UPDATE' : 'CREATE',
      TemplateBody: JSON.stringify(template),
      'Capabilities.member.1': 'CAPABILITY_NAMED_IAM',
      ...more,
    });
    return this.call('DescribeChangeSet', { ChangeSetName: first(created, 'Id') });
  }

  /** Begins to deploy a template. */
  async begin(stack: string, template: TestTemplate, more: Record<string, string> = {}): Promise<void> {
    const changeSet = await this.changeSet(stack, template, more);
    if (first(changeSet, 'Status') === 'FAILED') throw new Error(first(changeSet, 'StatusReason'));
    await this.call('ExecuteChangeSet', { ChangeSetName: first(changeSet, 'ChangeSetId') });
  }

  /** Deploys a template; returns the stack's status at the end. */
  async deploy(stack: string, template: TestTemplate, more: Record<string, string> = {}): Promise<string> {
    await this.begin(stack, template, more);
    return this.settled(stack);
  }

  /** Waits for the end of an operation; returns the status. */
  async settled(stack: string): Promise<string> {
    await eventually(async () => expect((await this.status(stack)) ?? 'none').not.toMatch(IN_PROGRESS));
    return (await this.status(stack)) ?? 'none';
  }

  /** Returns a stack's status; undefined if there is none. */
  async status(stack: string): Promise<string | undefined> {
    try {
      return first(await this.call('DescribeStacks', { StackName: stack }), 'StackStatus');
    } catch {
      return undefined;
    }
  }

  /** Returns the events of a stack, oldest first. */
  async events(stack: string): Promise<DeployedEvent[]> {
    const text = await this.call('DescribeStackEvents', { StackName: stack });
    return text
      .split('<StackId>')
      .slice(1)
      .map((event) => ({
        id: first(event, 'LogicalResourceId'),
        status: first(event, 'ResourceStatus'),
        reason: first(event, 'ResourceStatusReason'),
      }))
      .reverse();
  }

  /** Returns the reason for the last failure of a resource. */
  async failure(stack: string): Promise<string> {
    const failed = (await this.events(stack)).filter(({ status }) => /^(CREATE|UPDATE|DELETE)_FAILED$/.test(status));
    return failed.at(-1)?.reason ?? 'nothing failed';
  }
}

/** Returns the text of the first element with a name. */
export function first(xml: string, name: string): string {
  const [, text = ''] = new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml) ?? [];
  return text.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(code));
}

/** Returns a function of `test/functions/`, with its role. */
export function functionOf(FunctionName: string, Handler: string, Variables: object = {}): Resources {
  return {
    [FunctionName]: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        FunctionName,
        Handler,
        Role: { 'Fn::GetAtt': [`${FunctionName}Role`, 'Arn'] },
        Environment: { Variables },
      },
      Metadata: { 'aws:asset:path': FUNCTIONS },
    },
    [`${FunctionName}Role`]: { Type: 'AWS::IAM::Role', Properties: {} },
  };
}

/** Returns a table with indexes. */
export function tableOf(TableName: string, indexes: string[] = [], extra: Record<string, unknown> = {}) {
  const key = (AttributeName: string) => [{ AttributeName, KeyType: 'HASH' }];
  return {
    Type: 'AWS::DynamoDB::Table',
    Properties: {
      TableName,
      KeySchema: key('id'),
      AttributeDefinitions: ['id', ...indexes].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      ...(indexes.length > 0 && {
        GlobalSecondaryIndexes: indexes.map((name) => ({
          IndexName: `by-${name}`,
          KeySchema: key(name),
          Projection: { ProjectionType: 'ALL' },
        })),
      }),
      ...extra,
    },
  };
}

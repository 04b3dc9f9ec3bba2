import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { outputsOf } from '../build/build.ts';
import { graphName, ROOT } from '../build/discover.ts';
import type { FunctionDefinition } from '../local/aws/lambda/function-definition.ts';
import { LocalSystem } from '../local/system.ts';
import { seedOf } from '../operator/graph-data.ts';
import { IAM_USE } from '../operator/iam-use.ts';
import { registerUsers } from '../operator/register-users.ts';
import { copySeededData } from './seeded-data.ts';

const DAY_SECONDS = 86_400;

/** GraphQL response with its HTTP status. */
export interface Answer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: each test knows the shape of its query
  data?: any;
  errors?: { message: string; path?: (string | number)[]; extensions?: Record<string, unknown> }[];
}

/** Writes the calls that functions made under their roles, for `npm run iam:report`. */
function writeIamUse(used: ReadonlyMap<string, ReadonlySet<string>>): void {
  mkdirSync(IAM_USE, { recursive: true });
  const entries = [...used].map(([name, accesses]) => [name, [...accesses]]);
  writeFileSync(join(IAM_USE, `${randomUUID()}.json`), JSON.stringify(Object.fromEntries(entries)));
}

/** Lets calls of the gateway wait for an environment: tests have more concurrent clients than a stage reserves. */
function liftReservation({ model, lambda }: LocalSystem): void {
  for (const { reservedConcurrency, ...definition } of model.functions)
    if (reservedConcurrency !== undefined) lambda.put(definition);
}

/** Seeds a system of its own, whose data stays in a directory. */
async function seedData(root: string, data: string): Promise<void> {
  const system = await LocalSystem.start({ ...outputsOf(root), data, port: 0, onLog() {} });
  try {
    const connection = { url: system.url, graph: graphName(root), aws: system.awsAccess };
    await (await seedOf(root))?.seed(connection);
    writeIamUse(system.aws.usedPermissions);
  } finally {
    await system.close();
  }
}

export interface TestSystemOptions {
  seeded?: boolean;
  root?: string;
  assembly?: string;
  secrets?: Record<string, string>;
  /** Maximum execution environments of a function. */
  maxConcurrency?: number;
}

/** Whole system with its own data, called over HTTP. */
export class TestSystem {
  readonly system: LocalSystem;
  readonly logs: string[];
  readonly #directory: string;
  #daysAhead = 0;

  private constructor(system: LocalSystem, directory: string, logs: string[]) {
    this.system = system;
    this.#directory = directory;
    this.logs = logs;
  }

  /** Starts the built system of a graph, by default with its sample data, if it has any. */
  static async start({
    seeded = true,
    root = ROOT,
    assembly = outputsOf(root).assembly,
    secrets = {},
    maxConcurrency,
  }: TestSystemOptions = {}): Promise<TestSystem> {
    const data = mkdtempSync(join(tmpdir(), 'system-'));
    const logs: string[] = [];
    const onLog = (name: string, line: string) => logs.push(`${name} ${line}`);
    if (seeded) await copySeededData(graphName(root), data, (directory) => seedData(root, directory));
    const system = await LocalSystem.start({
      ...outputsOf(root),
      assembly,
      secrets,
      data,
      port: 0,
      onLog,
      ...(maxConcurrency && { maxConcurrency }),
    });
    liftReservation(system);
    return new TestSystem(system, data, logs);
  }

  /** Sends an operation to the gateway, with a token if given. */
  async query(query: string, variables: Record<string, unknown> = {}, token?: string): Promise<Answer> {
    const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) };
    const body = JSON.stringify({ query, variables });
    const response = await fetch(`${this.system.url}/graphql`, { method: 'POST', headers, body });
    return { status: response.status, ...((await response.json()) as Omit<Answer, 'status'>) };
  }

  /** Sends an operation and returns its data; throws if it has errors. */
  // biome-ignore lint/suspicious/noExplicitAny: each test knows the shape of its query
  async ask(query: string, variables: Record<string, unknown> = {}, token?: string): Promise<any> {
    const answer = await this.query(query, variables, token);
    if (answer.errors || !answer.data) throw new Error(JSON.stringify(answer));
    return answer.data;
  }

  /** Returns a token for an e-mail address, with these scopes if given. */
  async token(email: string, scope?: string): Promise<string> {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${this.system.url}/identity/token`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ email, scope }),
    });
    return ((await response.json()) as { token: string }).token;
  }

  /** Registers a user with the token issuer and signs them up; returns a token. */
  async user(id: string, ...groups: string[]): Promise<string> {
    const email = `${id}@example.com`;
    await registerUsers({ url: this.system.url, aws: this.system.awsAccess }, [{ id, email, name: id, groups }]);
    const token = await this.token(email);
    await this.query('{ me { id } }', {}, token);
    return token;
  }

  /** Replaces the functions for which `change` returns a definition. */
  replaceFunctions(change: (definition: FunctionDefinition) => FunctionDefinition | undefined): void {
    for (const definition of this.system.model.functions) {
      const changed = change(definition);
      if (changed) this.system.lambda.put(changed);
    }
  }

  /** Runs a function while that of a service has a changed definition. */
  async withFunction<T>(service: string, change: Partial<FunctionDefinition>, run: () => Promise<T>): Promise<T> {
    const definition = this.system.model.functions.find(({ name }) => name.endsWith(`-${service}`));
    if (!definition) throw new Error(`No function of ${service}`);
    this.system.lambda.put({ ...definition, ...change });
    try {
      return await run();
    } finally {
      this.system.lambda.put(definition);
    }
  }

  /** Sets the clocks of services and consumers a number of days ahead, by `CLOCK_SHIFT_SECONDS`. */
  setDaysAhead(days: number): void {
    if (days === this.#daysAhead) return;
    this.#daysAhead = days;
    const CLOCK_SHIFT_SECONDS = String(days * DAY_SECONDS);
    this.replaceFunctions((definition) =>
      /-(gateway|publisher)$/.test(definition.name)
        ? undefined
        : { ...definition, environment: { ...definition.environment, CLOCK_SHIFT_SECONDS } },
    );
  }

  async close(): Promise<void> {
    writeIamUse(this.system.aws.usedPermissions);
    await this.system.close();
    rmSync(this.#directory, { recursive: true });
  }
}

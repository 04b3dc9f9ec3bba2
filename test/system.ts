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

const DAY_SECONDS = 86_400;

/** A client's answer. */
export interface Answer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: what a test asks for, it knows the shape of
  data?: any;
  errors?: { message: string; path?: (string | number)[]; extensions?: Record<string, unknown> }[];
}

/** Leaves what functions did with their roles for `npm run iam:report`. */
function keepUse(used: ReadonlyMap<string, ReadonlySet<string>>): void {
  mkdirSync(IAM_USE, { recursive: true });
  const entries = [...used].map(([name, accesses]) => [name, [...accesses]]);
  writeFileSync(join(IAM_USE, `${randomUUID()}.json`), JSON.stringify(Object.fromEntries(entries)));
}

/** The whole system with its own data, as a client meets it: over HTTP. */
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

  /** Starts the built system of a graph; `seeded` with its sample data, if it has some. */
  static async start({
    seeded = true,
    root = ROOT,
    assembly = outputsOf(root).assembly,
    secrets = {},
  } = {}): Promise<TestSystem> {
    const data = mkdtempSync(join(tmpdir(), 'system-'));
    const logs: string[] = [];
    const onLog = (name: string, line: string) => logs.push(`${name} ${line}`);
    const system = await LocalSystem.start({
      ...outputsOf(root),
      assembly,
      secrets,
      data,
      port: 0,
      onLog,
    });
    try {
      const connection = { url: system.url, graph: graphName(root), aws: system.awsAccess };
      if (seeded) await (await seedOf(root))?.seed(connection);
      return new TestSystem(system, data, logs);
    } catch (error) {
      await system.close();
      throw error;
    }
  }

  /** Sends an operation to the gateway, signed in with a token if there is one. */
  async query(query: string, variables: Record<string, unknown> = {}, token?: string): Promise<Answer> {
    const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) };
    const body = JSON.stringify({ query, variables });
    const response = await fetch(`${this.system.url}/graphql`, { method: 'POST', headers, body });
    return { status: response.status, ...((await response.json()) as Omit<Answer, 'status'>) };
  }

  /** Sends an operation that must have no errors; returns its data. */
  // biome-ignore lint/suspicious/noExplicitAny: what a test asks for, it knows the shape of
  async ask(query: string, variables: Record<string, unknown> = {}, token?: string): Promise<any> {
    const answer = await this.query(query, variables, token);
    if (answer.errors || !answer.data) throw new Error(JSON.stringify(answer));
    return answer.data;
  }

  /** A token for an e-mail address, with scopes if they are named. */
  async token(email: string, scope?: string): Promise<string> {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${this.system.url}/identity/token`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ email, scope }),
    });
    return ((await response.json()) as { token: string }).token;
  }

  /** Makes a user known to the token issuer, and signs them up; gives a token for them. */
  async user(id: string, ...groups: string[]): Promise<string> {
    const email = `${id}@example.com`;
    await registerUsers({ url: this.system.url, aws: this.system.awsAccess }, [{ id, email, name: id, groups }]);
    const token = await this.token(email);
    await this.query('{ me { id } }', {}, token);
    return token;
  }

  /** Replaces functions by what is made of their definitions; those for which nothing is made stay as they are. */
  replaceFunctions(change: (definition: FunctionDefinition) => FunctionDefinition | undefined): void {
    for (const definition of this.system.model.functions) {
      const changed = change(definition);
      if (changed) this.system.lambda.put(changed);
    }
  }

  /** Sets the clock of every function that asks for the time a number of days ahead, by `CLOCK_SHIFT_SECONDS`. */
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
    keepUse(this.system.aws.usedPermissions);
    await this.system.close();
    rmSync(this.#directory, { recursive: true });
  }
}

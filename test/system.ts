import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ASSEMBLY, EXPLORER, WEB_CLIENT } from '../build/build.ts';
import { LocalSystem } from '../local/system.ts';
import { seed } from '../seed/seed.ts';

/** A client's answer. */
export interface Answer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: what a test asks for, it knows the shape of
  data?: any;
  errors?: { message: string; path?: (string | number)[]; extensions?: Record<string, unknown> }[];
}

/** The whole system with its own data, as a client meets it: over HTTP. */
export class TestSystem {
  readonly system: LocalSystem;
  readonly logs: string[];
  readonly #directory: string;

  private constructor(system: LocalSystem, directory: string, logs: string[]) {
    this.system = system;
    this.#directory = directory;
    this.logs = logs;
  }

  static async start({ seeded = true } = {}): Promise<TestSystem> {
    const data = mkdtempSync(join(tmpdir(), 'system-'));
    const logs: string[] = [];
    const onLog = (name: string, line: string) => logs.push(`${name} ${line}`);
    const system = await LocalSystem.start({
      assembly: ASSEMBLY,
      explorer: EXPLORER,
      webClient: WEB_CLIENT,
      data,
      port: 0,
      onLog,
    });
    if (seeded) await seed({ url: system.url, aws: system.awsAccess });
    return new TestSystem(system, data, logs);
  }

  /** Sends an operation to the gateway, signed in with a token if there is one. */
  async query(query: string, variables: Record<string, unknown> = {}, token?: string): Promise<Answer> {
    const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) };
    const body = JSON.stringify({ query, variables });
    const response = await fetch(`${this.system.url}/graphql`, { method: 'POST', headers, body });
    return { status: response.status, ...((await response.json()) as Omit<Answer, 'status'>) };
  }

  async token(email: string): Promise<string> {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${this.system.url}/identity/token`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ email }),
    });
    return ((await response.json()) as { token: string }).token;
  }

  async close(): Promise<void> {
    await this.system.close();
    rmSync(this.#directory, { recursive: true });
  }
}

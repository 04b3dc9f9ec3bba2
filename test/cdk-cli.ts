import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { requiredEnv } from '#platform/env.ts';
import { ROOT } from '../build/discover.ts';
import type { Connection } from '../operator/connection.ts';
import { localAccess } from '../scripts/local-access.ts';
import type { TestTemplate } from './deployments.ts';

const BUCKET = 'cdk-hnb659fds-assets-123456789012-us-east-1';
/** Of the cloud assembly's schema. */
const VERSION = '36.0.0';

/** The real CDK CLI against a running system, with assemblies of one stack each. */
export class CdkCli {
  readonly #connection: Connection;
  readonly #folder = mkdtempSync(join(tmpdir(), 'cdk-'));

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Runs a command; returns its exit code and output. */
  async run(...args: string[]): Promise<{ code: number | null; output: string }> {
    const { ended } = this.start(...args);
    return ended;
  }

  /** Starts a command in a process group of its own, as a shell does. */
  start(...args: string[]): { process: ChildProcess; ended: Promise<{ code: number | null; output: string }> } {
    const cdk = join(ROOT, 'node_modules/aws-cdk/bin/cdk');
    const env = { PATH: requiredEnv('PATH'), HOME: this.#folder, CI: 'true', ...localAccess(this.#connection) };
    const child = spawn(process.execPath, [cdk, '--no-notices', ...args], { cwd: this.#folder, env, detached: true });
    const ended = collect(child);
    return { process: child, ended };
  }

  /** Writes an assembly of one stack; returns its directory. */
  assembly(stack: string, template: TestTemplate): string {
    const directory = join(this.#folder, stack);
    mkdirSync(directory, { recursive: true });
    const text = JSON.stringify(template);
    const hash = createHash('sha256').update(text).digest('hex');
    const file = (path: string, content: object | string) =>
      writeFileSync(join(directory, path), typeof content === 'string' ? content : JSON.stringify(content));
    file(`${stack}.template.json`, text);
    const destinations = { here: { bucketName: BUCKET, objectKey: `${hash}.json` } };
    const source = { path: `${stack}.template.json`, packaging: 'file' };
    file(`${stack}.assets.json`, { version: VERSION, files: { [hash]: { source, destinations } } });
    const properties = {
      templateFile: source.path,
      stackName: stack,
      stackTemplateAssetObjectUrl: `s3://${BUCKET}/${hash}.json`,
    };
    const assets = { type: 'cdk:asset-manifest', properties: { file: `${stack}.assets.json` } };
    const artifact = {
      type: 'aws:cloudformation:stack',
      environment: 'aws://123456789012/us-east-1',
      properties,
      dependencies: ['assets'],
    };
    file('manifest.json', { version: VERSION, artifacts: { assets, [stack]: artifact } });
    return directory;
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

async function collect(child: ChildProcess): Promise<{ code: number | null; output: string }> {
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text) => (output += text));
  const [code] = await once(child, 'close');
  return { code, output };
}

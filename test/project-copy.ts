import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { requiredEnv } from '#platform/env.ts';
import { graphFolder, graphName, LIBRARY, ROOT } from '../build/discover.ts';
import { freePort } from '../local/http/port.ts';

/** What a client gets. */
export interface Answer {
  data?: unknown;
  errors?: { message: string; extensions: { code: string } }[];
}

/** What a command said, and how it ended. */
export interface Ended {
  code: number;
  said: string;
}

/** Milliseconds; a machine may be busy with other things. */
const PATIENCE = 120_000;
const NOT_CLONED = new Set(['node_modules', 'dist', '.data', 'cdk.out', '.git']);
/** What belongs to the project's own graph. */
const GRAPH = new Set(['subgraphs', graphFolder()].map((name) => join(ROOT, name)));

/** A copy of the project as a clone has it, with the library as its graph unless it is to have its own, in which a person's commands are run, and the system is started. */
export class ProjectCopy {
  readonly port: number;
  readonly #folder: string;
  #system: ChildProcess | undefined;
  #said = '';

  private constructor(folder: string, port: number) {
    this.#folder = folder;
    this.port = port;
  }

  /** A copy whose system has no data yet; unless it is to be seeded, it gets none. */
  static async make({ seeded = false, graph = 'library' as 'library' | 'own' } = {}): Promise<ProjectCopy> {
    const copy = new ProjectCopy(mkdtempSync(join(realpathSync(tmpdir()), 'clone-')), await freePort());
    const isCopied = (path: string) => !NOT_CLONED.has(basename(path)) && (graph === 'own' || !GRAPH.has(path));
    cpSync(ROOT, copy.path(), { recursive: true, filter: isCopied });
    if (graph === 'library') copy.#putLibrary();
    symlinkSync(join(ROOT, 'node_modules'), copy.path('node_modules'));
    mkdirSync(copy.path('.data/dev'), { recursive: true });
    if (!seeded) writeFileSync(copy.path('.data/dev/seeded'), '');
    return copy;
  }

  #putLibrary(): void {
    for (const folder of ['subgraphs', 'graph']) cpSync(join(LIBRARY, folder), this.path(folder), { recursive: true });
    this.change('cdk.json', `"graph": "${graphName()}"`, `"graph": "${graphName(LIBRARY)}"`);
  }

  path(file = ''): string {
    return join(this.#folder, 'project', file);
  }

  read(file: string): string {
    return readFileSync(this.path(file), 'utf8');
  }

  has(file: string): boolean {
    return existsSync(this.path(file));
  }

  /** The text of every file of the project, by path. */
  files(): Record<string, string> {
    const entries = readdirSync(this.path(), { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    const paths = entries.map(({ parentPath, name }) => relative(this.path(), join(parentPath, name)));
    const own = paths.filter((path) => !NOT_CLONED.has(path.split(sep)[0] ?? ''));
    return Object.fromEntries(own.map((path) => [path, this.read(path)]));
  }

  /** Puts another text where one stands in a file. */
  change(file: string, what: string, by: string): void {
    const text = this.read(file);
    if (!text.includes(what)) throw new Error(`${file} does not have: ${what}`);
    writeFileSync(this.path(file), text.replace(what, by));
  }

  /** What the running system has printed. */
  get said(): string {
    return this.#said;
  }

  /** Process id of the `npm start` that runs. */
  get pid(): number {
    if (!this.#system?.pid) throw new Error('The system was not started');
    return this.#system.pid;
  }

  /** Runs `npm start` with this copy's port. */
  start(...options: string[]): void {
    this.#said = '';
    const args = ['start', '--', '--port', String(this.port), ...options];
    // A group of its own, as a shell makes one: Ctrl-C goes to all of it.
    this.#system = spawn('npm', args, { cwd: this.path(), env: environment(), detached: true });
    for (const stream of [this.#system.stdout, this.#system.stderr])
      stream?.on('data', (text) => {
        this.#said += text;
      });
  }

  /** What Ctrl-C does, or another signal; resolves with the one that the command ended by, when all of its output has come. */
  async interrupt(signal: NodeJS.Signals = 'SIGINT'): Promise<NodeJS.Signals | null> {
    const { pid } = this;
    const ended = once(this.#system as ChildProcess, 'close');
    process.kill(-pid, signal);
    const [, by] = await ended;
    this.#system = undefined;
    return by;
  }

  /** Runs a command to its end; rejects if it fails. */
  async npm(...args: string[]): Promise<string> {
    const { code, said } = await this.ending(...args);
    if (code !== 0) throw new Error(`npm ${args.join(' ')} ended with ${code}:\n${said}`);
    return said;
  }

  /** Runs a command to its end, however that is. */
  async ending(...args: string[]): Promise<Ended> {
    const options = { cwd: this.path(), env: environment(), maxBuffer: 2 ** 26 };
    try {
      const { stdout, stderr } = await promisify(execFile)('npm', args, options);
      return { code: 0, said: stdout + stderr };
    } catch (error) {
      const { code, stdout, stderr } = error as Error & { code: number; stdout: string; stderr: string };
      return { code, said: stdout + stderr };
    }
  }

  /** Runs git to its end; rejects if it fails. */
  async git(...args: string[]): Promise<string> {
    const { stdout } = await promisify(execFile)('git', args, { cwd: this.path(), env: environment() });
    return stdout;
  }

  async ask(query: string, token?: string): Promise<Answer> {
    const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) };
    const response = await fetch(`http://127.0.0.1:${this.port}/graphql`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ query }),
    });
    return (await response.json()) as Answer;
  }

  /** Looks again until it sees what is wanted; an error says what was there instead, and what the system said. */
  async until(look: () => unknown, wanted: unknown): Promise<void> {
    let last: unknown;
    for (const deadline = Date.now() + PATIENCE; Date.now() < deadline; ) {
      last = await Promise.resolve()
        .then(look)
        .catch((error: Error) => error.message);
      if (JSON.stringify(last) === JSON.stringify(wanted)) return;
      if (this.#system?.exitCode !== null) break;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`There was ${JSON.stringify(last)}. The system said:\n${this.#said}`);
  }

  async close(): Promise<void> {
    if (this.#system?.exitCode === null) await this.interrupt();
    rmSync(this.#folder, { recursive: true, maxRetries: 50, retryDelay: 100 });
  }
}

/** What a person's shell has, not what this test run has. */
function environment(): NodeJS.ProcessEnv {
  return { PATH: requiredEnv('PATH'), HOME: requiredEnv('HOME') };
}

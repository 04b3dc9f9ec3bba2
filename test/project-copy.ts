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
import { graphFolder, graphName, LIBRARY, outputOf, ROOT } from '../build/discover.ts';
import { freePort } from '../local/http/port.ts';
import type { Connection } from '../operator/connection.ts';

/** GraphQL response. */
export interface Answer {
  data?: unknown;
  errors?: { message: string; extensions: { code: string } }[];
}

/** Exit code of a command, and its output on both streams. */
export interface CommandResult {
  code: number;
  output: string;
}

/** Long, for a busy machine. */
const TIME_LIMIT_MS = 120_000;
/** Files of `dist/` that a copy does not take over: other graphs, and the assembly, which has absolute paths. */
const NOT_BUILT = new Set(['graphs', 'assembly', 'assembly.json', 'iam-use']);
const NOT_CLONED = new Set(['node_modules', 'dist', '.data', 'cdk.out', '.git']);
/** Folders of the project's own graph. */
const GRAPH = new Set(['subgraphs', graphFolder()].map((name) => join(ROOT, name)));

/** Copy of the project as in a clone that was built before, in which tests run npm commands and start the system. */
export class ProjectCopy {
  readonly port: number;
  readonly #folder: string;
  #system: ChildProcess | undefined;
  #output = '';

  private constructor(folder: string, port: number) {
    this.#folder = folder;
    this.port = port;
  }

  /** Copies the project with the library as its graph, or with its own. Unless `seeded`, `npm start` loads no sample data. */
  static async make({ seeded = false, graph = 'library' as 'library' | 'own' } = {}): Promise<ProjectCopy> {
    const copy = new ProjectCopy(mkdtempSync(join(realpathSync(tmpdir()), 'clone-')), await freePort());
    const isCopied = (path: string) => !NOT_CLONED.has(basename(path)) && (graph === 'own' || !GRAPH.has(path));
    cpSync(ROOT, copy.path(), { recursive: true, filter: isCopied });
    if (graph === 'library') copy.#putLibrary();
    copy.#linkPackages();
    copy.#putBuild(graph === 'library' ? LIBRARY : ROOT);
    mkdirSync(copy.path('.data/dev'), { recursive: true });
    if (!seeded) writeFileSync(copy.path('.data/dev/seeded'), '');
    return copy;
  }

  /** Links each package. npm writes into `node_modules`, which must not change the project's. */
  #linkPackages(): void {
    mkdirSync(this.path('node_modules'));
    for (const name of readdirSync(join(ROOT, 'node_modules'))) {
      const [from, to] = [ROOT, this.path()].map((root) => join(root, 'node_modules', name)) as [string, string];
      if (name === '.package-lock.json') cpSync(from, to);
      else if (name !== '.cache') symlinkSync(from, to);
    }
  }

  #putLibrary(): void {
    for (const folder of ['subgraphs', 'graph']) cpSync(join(LIBRARY, folder), this.path(folder), { recursive: true });
    this.change('cdk.json', `"graph": "${graphName()}"`, `"graph": "${graphName(LIBRARY)}"`);
  }

  /** Takes over the build of a graph, so that `npm start` builds changes only; the library is in another folder than in the project. */
  #putBuild(root: string): void {
    const from = outputOf(root);
    if (!existsSync(from)) return;
    cpSync(from, this.path('dist'), { recursive: true, filter: (path) => !NOT_BUILT.has(basename(path)) });
    const [output, folder] = [from, root].map((path) => relative(ROOT, path).split(sep).join('/'));
    const steps = this.path('dist/.steps');
    for (const name of root === ROOT || !existsSync(steps) ? [] : readdirSync(steps)) {
      const record = readFileSync(join(steps, name), 'utf8');
      writeFileSync(join(steps, name), record.replaceAll(`"${output}/`, '"dist/').replaceAll(`"${folder}/`, '"'));
    }
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

  /** Returns the text of every file of the project by path. */
  files(): Record<string, string> {
    const entries = readdirSync(this.path(), { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    const paths = entries.map(({ parentPath, name }) => relative(this.path(), join(parentPath, name)));
    const own = paths.filter((path) => !NOT_CLONED.has(path.split(sep)[0] ?? ''));
    return Object.fromEntries(own.map((path) => [path, this.read(path)]));
  }

  /** Replaces the first occurrence of a text in a file; throws if there is none. */
  change(file: string, before: string, after: string): void {
    const text = this.read(file);
    if (!text.includes(before)) throw new Error(`${file} does not contain: ${before}`);
    writeFileSync(this.path(file), text.replace(before, after));
  }

  /** Output of `npm start` so far. */
  get output(): string {
    return this.#output;
  }

  /** Process id of the running `npm start`. */
  get pid(): number {
    if (!this.#system?.pid) throw new Error('The system was not started');
    return this.#system.pid;
  }

  /** Makes a running system the one at this copy's port. */
  connect(connection: Connection): void {
    writeFileSync(this.path(`.data/running-${this.port}.json`), JSON.stringify(connection));
  }

  /** Runs `npm start` with this copy's port. */
  start(...options: string[]): void {
    this.#output = '';
    const args = ['start', '--', '--port', String(this.port), ...options];
    // As in a shell, a process group of its own: Ctrl-C signals all of it.
    this.#system = spawn('npm', args, { cwd: this.path(), env: environment(), detached: true });
    for (const stream of [this.#system.stdout, this.#system.stderr])
      stream?.on('data', (text) => {
        this.#output += text;
      });
  }

  /** Signals the process group, by default as Ctrl-C does; after the end of the output returns the signal that ended `npm start`. */
  async interrupt(signal: NodeJS.Signals = 'SIGINT'): Promise<NodeJS.Signals | null> {
    const { pid } = this;
    const ended = once(this.#system as ChildProcess, 'close');
    process.kill(-pid, signal);
    const [, endedBy] = await ended;
    this.#system = undefined;
    return endedBy;
  }

  /** Runs an npm command; returns its output, rejects if it fails. */
  async npm(...args: string[]): Promise<string> {
    const { code, output } = await this.tryNpm(...args);
    if (code !== 0) throw new Error(`npm ${args.join(' ')} exited with ${code}:\n${output}`);
    return output;
  }

  /** Runs an npm command that may fail. */
  async tryNpm(...args: string[]): Promise<CommandResult> {
    const options = { cwd: this.path(), env: environment(), maxBuffer: 2 ** 26 };
    try {
      const { stdout, stderr } = await promisify(execFile)('npm', args, options);
      return { code: 0, output: stdout + stderr };
    } catch (error) {
      const { code, stdout, stderr } = error as Error & { code: number; stdout: string; stderr: string };
      return { code, output: stdout + stderr };
    }
  }

  /** Runs git; returns its output, rejects if it fails. */
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

  /** Retries `read` until it returns the expected value; fails with the last value and the system's output. */
  async until(read: () => unknown, expected: unknown): Promise<void> {
    let last: unknown;
    for (const deadline = Date.now() + TIME_LIMIT_MS; Date.now() < deadline; ) {
      last = await Promise.resolve()
        .then(read)
        .catch((error: Error) => error.message);
      if (JSON.stringify(last) === JSON.stringify(expected)) return;
      if (this.#system?.exitCode !== null) break;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(
      `Expected ${JSON.stringify(expected)}, got ${JSON.stringify(last)}. Output of the system:\n${this.#output}`,
    );
  }

  async close(): Promise<void> {
    if (this.#system?.exitCode === null) await this.interrupt();
    rmSync(this.#folder, { recursive: true, maxRetries: 50, retryDelay: 100 });
  }
}

/** Environment of a user's shell, without the variables of the test run except its compile cache. */
function environment(): NodeJS.ProcessEnv {
  return Object.fromEntries(['PATH', 'HOME', 'NODE_COMPILE_CACHE'].map((name) => [name, requiredEnv(name)]));
}

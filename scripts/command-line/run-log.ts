import { graphName, outputOf, ROOT } from '../../build/discover.ts';
import { serviceName } from '../../infra/settings.ts';
import { LogPrinter } from '../../local/logs/log-printer.ts';
import { SourceMaps } from '../../local/logs/source-maps.ts';
import { openLog } from '../../operator/log-file.ts';

/**
 * Milliseconds that a line is held before it is printed. Ctrl-C reaches functions and DynamoDB too, and what fails with them may
 * be logged before this process hears of it.
 */
const HOLD = 100;

export interface RunLogOptions {
  stage: string;
  port: number;
  /** Whether to print nothing. */
  quiet: boolean;
  /** Aborted when the system ends: what functions say then is no news. */
  signal: AbortSignal;
}

/** What functions log while the system runs: printed for people, and kept for `npm run logs`. */
export class RunLog {
  readonly #options: RunLogOptions;
  readonly #printer = new LogPrinter(process.stdout);
  #file: ReturnType<typeof openLog> | undefined;
  readonly #sourceMaps = new SourceMaps({ output: outputOf(), root: ROOT });
  #isReady = false;

  constructor(options: RunLogOptions) {
    this.#options = options;
  }

  /** Keeps lines from now on. */
  open(): void {
    this.#file = openLog(this.#options.port);
  }

  /** The system is ready: from now on all that happens is news. */
  begin(): void {
    this.#isReady = true;
  }

  /** Code was built anew. */
  renew(): void {
    this.#sourceMaps.clear();
    this.#printer.clearLoadErrors();
  }

  note(name: string, written: string): void {
    const { stage, quiet, signal } = this.#options;
    if (signal.aborted) return;
    const line = this.#sourceMaps.applyTo(written);
    const functionName = shortName(name, stage);
    this.#file?.write({ functionName, line });
    // What goes well of all that the sample data and imports set off is nobody's news.
    const isNews = this.#isReady && !line.includes('"requestId":"operator"');
    if (!quiet && (isNews || !line.includes('"level":"INFO"')))
      setTimeout(() => signal.aborted || this.#printer.print(functionName, line), HOLD);
  }
}

/** Logs show a function by its service, the last part of its name, and what is none by its own. */
function shortName(name: string, stage: string): string {
  const prefix = serviceName({ graph: graphName(), stage }, '');
  return name.startsWith(prefix) ? name.slice(prefix.length) : name;
}

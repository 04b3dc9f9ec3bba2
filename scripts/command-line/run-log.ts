import { graphName, outputOf, ROOT } from '../../build/discover.ts';
import { serviceName } from '../../infra/settings.ts';
import { LogPrinter } from '../../local/logs/log-printer.ts';
import { SourceMaps } from '../../local/logs/source-maps.ts';
import { openLog } from '../../operator/log-file.ts';

/**
 * Milliseconds by which printing is delayed. Ctrl-C also ends the functions and DynamoDB; their errors can arrive before this
 * process receives the signal.
 */
const PRINT_DELAY = 100;

export interface RunLogOptions {
  stage: string;
  port: number;
  /** Prints nothing. */
  quiet: boolean;
  /** Aborted on shutdown: later lines are dropped. */
  signal: AbortSignal;
}

/** Log of the running functions: printed to the terminal and stored for `npm run logs`. */
export class RunLog {
  readonly #options: RunLogOptions;
  readonly #printer = new LogPrinter(process.stdout);
  #file: ReturnType<typeof openLog> | undefined;
  readonly #sourceMaps = new SourceMaps({ output: outputOf(), root: ROOT });
  #isReady = false;

  constructor(options: RunLogOptions) {
    this.#options = options;
  }

  /** Opens the log file. */
  open(): void {
    this.#file = openLog(this.#options.port);
  }

  /** Starts printing INFO lines, once the system is ready. */
  begin(): void {
    this.#isReady = true;
  }

  /** Resets source maps and known failures after a rebuild. */
  renew(): void {
    this.#sourceMaps.clear();
    this.#printer.clearLoadErrors();
  }

  /** Returns a line with positions in the source. */
  mapLine(line: string): string {
    return this.#sourceMaps.applyTo(line);
  }

  note(name: string, line: string): void {
    const { stage, quiet, signal } = this.#options;
    if (signal.aborted) return;
    const functionName = shortName(name, stage);
    this.#file?.write({ functionName, line });
    // Successful requests of seeding and imports would flood the terminal.
    const showsInfo = this.#isReady && !line.includes('"requestId":"operator"');
    if (!quiet && (showsInfo || !line.includes('"level":"INFO"')))
      setTimeout(() => signal.aborted || this.#printer.print(functionName, line), PRINT_DELAY);
  }
}

/** Strips the graph and stage from a function name; other names are unchanged. */
function shortName(name: string, stage: string): string {
  const prefix = serviceName({ graph: graphName(), stage }, '');
  return name.startsWith(prefix) ? name.slice(prefix.length) : name;
}

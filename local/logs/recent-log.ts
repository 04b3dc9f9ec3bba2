/** A log line of a function. */
export interface LoggedLine {
  /** Epoch milliseconds. */
  time: number;
  functionName: string;
  line: string;
}

/** Maximum characters of the kept lines. */
const MAX_CHARACTERS = 10_000_000;

/** The latest log lines of all functions. */
export class RecentLog {
  #lines: LoggedLine[] = [];
  #characters = 0;
  readonly #maxCharacters: number;

  constructor(maxCharacters = MAX_CHARACTERS) {
    this.#maxCharacters = maxCharacters;
  }

  add(logged: LoggedLine): void {
    this.#lines.push(logged);
    this.#characters += logged.line.length;
    if (this.#characters > this.#maxCharacters) this.#dropOldest();
  }

  /** Returns the lines of a request in order: those with its id, and those without any id in its trace. */
  linesOf(requestId: string): LoggedLine[] {
    const own = this.#lines.filter(({ line }) => line.includes(requestId) && idsOf(line).requestId === requestId);
    const traces = new Set(own.flatMap(({ line }) => idsOf(line).traceId ?? []));
    const inTrace = ({ line }: LoggedLine) => {
      const { requestId: other = UNKNOWN, traceId = '' } = idsOf(line);
      return other === requestId || (other === UNKNOWN && traces.has(traceId));
    };
    const texts = [requestId, ...traces];
    return this.#lines.filter((each) => texts.some((text) => each.line.includes(text)) && inTrace(each));
  }

  /** Halves the log: dropping one line at a time would copy the list each time. */
  #dropOldest(): void {
    this.#lines = this.#lines.slice(Math.ceil(this.#lines.length / 2));
    this.#characters = this.#lines.reduce((sum, { line }) => sum + line.length, 0);
  }
}

/** Id that consumers log for an event without one. */
const UNKNOWN = 'unknown';

function idsOf(line: string): { requestId?: string; traceId?: string } {
  try {
    const { requestId, traceparent } = JSON.parse(line) as Record<string, unknown>;
    const traceId = String(traceparent ?? '').split('-')[1];
    return { ...(requestId !== undefined && { requestId: String(requestId) }), ...(traceId && { traceId }) };
  } catch {
    return {};
  }
}

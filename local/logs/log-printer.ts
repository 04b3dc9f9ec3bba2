/** A terminal or a file. */
export interface Output {
  write(text: string): unknown;
  isTTY?: boolean | undefined;
}

export interface LogPrinterOptions {
  /** Prints nothing. */
  quiet?: boolean;
  /** Whether the environment variable `NO_COLOR` is set, https://no-color.org */
  noColor?: boolean;
}

/** Fields of structured lines that are printed differently, or are the same in every line of a function. */
const HIDDEN_FIELDS = new Set([
  '_aws',
  'cold_start',
  'function_arn',
  'function_memory_size',
  'function_name',
  'function_request_id',
  'level',
  'message',
  'sampling_rate',
  'service',
  'timestamp',
  'xray_trace_id',
  'traceparent',
]);
/** ANSI colours of function names; red and yellow are for errors and warnings. */
const COLOURS = [36, 35, 32, 34, 96, 95, 92, 94];
const COLOUR_OF_LEVEL: Record<string, number> = { CRITICAL: 31, ERROR: 31, WARN: 33 };
/** Characters that function names are padded to. */
const NAME_WIDTH = 10;

/** Prints log lines with the name of their function, in colour on a terminal. */
export class LogPrinter {
  readonly #output: Output;
  readonly #isQuiet: boolean;
  readonly #isColoured: boolean;
  readonly #colours = new Map<string, number>();
  /** Last load error by function name. */
  readonly #loadErrors = new Map<string, string>();

  constructor(output: Output, { quiet = false, noColor = false }: LogPrinterOptions = {}) {
    this.#output = output;
    this.#isQuiet = quiet;
    this.#isColoured = Boolean(output.isTTY) && !noColor;
  }

  /**
   * Prints a log line of a function: `products   │ INFO product saved productId=p1`. Lambda logs a load error at each call;
   * it is printed once.
   */
  print(functionName: string, line: string): void {
    if (this.#isQuiet || this.#isRepeatedLoadError(functionName, line)) return;
    const label = this.#colourize(functionName.padEnd(NAME_WIDTH), this.#colourOf(functionName));
    this.#output.write(`${label} │ ${this.#compact(line)}\n`);
  }

  /** Prints load errors again; call it after a build. */
  clearLoadErrors(): void {
    this.#loadErrors.clear();
  }

  #isRepeatedLoadError(functionName: string, line: string): boolean {
    if (!line.includes('"requestId":"-"') || !line.includes('"errorMessage"')) return false;
    const error = this.#compact(line);
    const isRepeated = this.#loadErrors.get(functionName) === error;
    this.#loadErrors.set(functionName, error);
    return isRepeated;
  }

  /** Returns a structured line as level, message and fields; any other line unchanged. */
  #compact(line: string): string {
    const fields = structuredLine(line);
    if (!fields) return line;
    const level = this.#colourize(fields.level, COLOUR_OF_LEVEL[fields.level]);
    const rest = Object.entries(fields).filter(([key]) => !HIDDEN_FIELDS.has(key));
    return [level, fields.message, ...rest.map(([key, value]) => `${key}=${formatValue(value)}`)].join(' ');
  }

  #colourize(text: string, colour: number | undefined): string {
    return this.#isColoured && colour ? `\u001b[${colour}m${text}\u001b[0m` : text;
  }

  /** Picks the same colour in every run, unless another function already has it. */
  #colourOf(name: string): number | undefined {
    const known = this.#colours.get(name);
    if (known) return known;
    const first = [...name].reduce((hash, letter) => (hash * 31 + letter.charCodeAt(0)) >>> 0, 7);
    const candidates = COLOURS.map((_, i) => COLOURS[(first + i) % COLOURS.length] ?? 0);
    const taken = new Set(this.#colours.values());
    const colour = candidates.find((candidate) => !taken.has(candidate)) ?? candidates[0] ?? 0;
    this.#colours.set(name, colour);
    return colour;
  }
}

interface StructuredLine extends Record<string, unknown> {
  level: string;
  message: string;
}

/** Parses a structured log line; undefined for other lines. In lines of Lambda's runtime, the message is an error. */
function structuredLine(line: string): StructuredLine | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    const fields = JSON.parse(line) as Record<string, unknown>;
    const { level, message } = fields;
    if (typeof level !== 'string') return undefined;
    if (isRuntimeError(message)) return { level, message: formatRuntimeError(message) };
    return typeof message === 'string' ? { ...fields, level, message } : undefined;
  } catch {
    return undefined;
  }
}

/** An uncaught error. */
interface RuntimeError {
  errorType: string;
  errorMessage: string;
  stackTrace: string[];
}

function isRuntimeError(value: unknown): value is RuntimeError {
  return typeof value === 'object' && value !== null && 'errorType' in value && 'stackTrace' in value;
}

function formatRuntimeError({ errorType, errorMessage, stackTrace }: RuntimeError): string {
  return `${errorType}: ${errorMessage}${inParentheses(sourcePosition(stackTrace.join('\n')))}`;
}

/** Removes the trace of another function's error from a message: that function logs it itself. */
function withoutTrace(message: string): string {
  return message.replace(/\{"errorType":"([^"]*)","errorMessage":"((?:[^"\\]|\\.)*)".*\}$/s, '$1: $2');
}

const inParentheses = (text: string | undefined) => (text ? ` (${text})` : '');

/** Returns the topmost position of a stack in the project's own source: `subgraphs/products/resolvers/query.ts:12`. */
function sourcePosition(stack: string): string | undefined {
  const positions = [...stack.matchAll(/[( ]([^\s():]+\.tsx?:\d+):\d+/g)].map(([, position]) => position);
  return positions.find((position) => !position?.includes('node_modules/'));
}

/** Formats a value on one line: words unquoted, an error as name, message and position, anything else as JSON. */
function formatValue(value: unknown): string {
  if (typeof value === 'string') return /^[^\s"=]+$/.test(value) ? value : JSON.stringify(value);
  if (!isLoggedError(value)) return JSON.stringify(value);
  return JSON.stringify(
    `${value.name}: ${withoutTrace(value.message)}${inParentheses(sourcePosition(value.stack) ?? value.location)}`,
  );
}

function isLoggedError(value: unknown): value is { name: string; message: string; location?: string; stack: string } {
  return typeof value === 'object' && value !== null && 'name' in value && 'message' in value && 'stack' in value;
}

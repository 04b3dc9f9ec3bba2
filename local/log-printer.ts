/** Where lines go: a terminal or a file. */
export interface Output {
  write(text: string): unknown;
  isTTY?: boolean | undefined;
}

export interface LogPrinterOptions {
  /** Whether to print nothing. */
  quiet?: boolean;
  /** Whether the environment variable `NO_COLOR` is set, https://no-color.org */
  noColor?: boolean;
}

/** Fields of a structured line that are shown in another way, or say the same in each line of a function. */
const NOISE = new Set([
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
/** ANSI colours of the functions' names; red and yellow mean errors and warnings. */
const COLOURS = [36, 35, 32, 34, 96, 95, 92, 94];
const COLOUR_OF_LEVEL: Record<string, number> = { CRITICAL: 31, ERROR: 31, WARN: 33 };
/** Characters that the functions' names are padded to. */
const WIDTH = 10;

/** Prints what functions log, a line each after the function's name, in colour on a terminal. */
export class LogPrinter {
  readonly #output: Output;
  readonly #isQuiet: boolean;
  readonly #isColoured: boolean;
  readonly #colours = new Map<string, number>();
  /** What each function failed to load with last. */
  readonly #failures = new Map<string, string>();

  constructor(output: Output, { quiet = false, noColor = false }: LogPrinterOptions = {}) {
    this.#output = output;
    this.#isQuiet = quiet;
    this.#isColoured = Boolean(output.isTTY) && !noColor;
  }

  /**
   * Prints one line that a function wrote: `products   │ INFO product saved productId=p1`. What a function failed to load with is
   * printed once, though Lambda tries again at each call.
   */
  print(functionName: string, line: string): void {
    if (this.#isQuiet || this.#isKnownFailure(functionName, line)) return;
    const label = this.#painted(functionName.padEnd(WIDTH), this.#colourOf(functionName));
    this.#output.write(`${label} │ ${this.#compact(line)}\n`);
  }

  /** Functions have other code now: what they fail to load with is news. */
  forgetFailures(): void {
    this.#failures.clear();
  }

  #isKnownFailure(functionName: string, line: string): boolean {
    if (!line.includes('"requestId":"-"') || !line.includes('"errorMessage"')) return false;
    const failure = this.#compact(line);
    const isKnown = this.#failures.get(functionName) === failure;
    this.#failures.set(functionName, failure);
    return isKnown;
  }

  /** A structured line as level, message and its own fields; any other line as it is. */
  #compact(line: string): string {
    const fields = structuredLine(line);
    if (!fields) return line;
    const level = this.#painted(fields.level, COLOUR_OF_LEVEL[fields.level]);
    const rest = Object.entries(fields).filter(([key]) => !NOISE.has(key));
    return [level, fields.message, ...rest.map(([key, value]) => `${key}=${shown(value)}`)].join(' ');
  }

  #painted(text: string, colour: number | undefined): string {
    return this.#isColoured && colour ? `\u001b[${colour}m${text}\u001b[0m` : text;
  }

  /** The same colour in each run, unless another function already has it. */
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

/** A line of a structured logger, which has a level and a message; one of Lambda's runtime has an error as its message. */
function structuredLine(line: string): StructuredLine | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    const fields = JSON.parse(line) as Record<string, unknown>;
    const { level, message } = fields;
    if (typeof level !== 'string') return undefined;
    if (isRuntimeError(message)) return { level, message: told(message) };
    return typeof message === 'string' ? { ...fields, level, message } : undefined;
  } catch {
    return undefined;
  }
}

/** An error that no function has caught. */
interface RuntimeError {
  errorType: string;
  errorMessage: string;
  stackTrace: string[];
}

function isRuntimeError(value: unknown): value is RuntimeError {
  return typeof value === 'object' && value !== null && 'errorType' in value && 'stackTrace' in value;
}

function told({ errorType, errorMessage, stackTrace }: RuntimeError): string {
  return `${errorType}: ${errorMessage}${placed(placeIn(stackTrace.join('\n')))}`;
}

/** A message without the trace of a function's error that is a part of it: the function has logged that itself. */
function brief(message: string): string {
  return message.replace(/\{"errorType":"([^"]*)","errorMessage":"((?:[^"\\]|\\.)*)".*\}$/s, '$1: $2');
}

const placed = (place: string | undefined) => (place ? ` (${place})` : '');

/** Where in the project's own source an error was thrown: `subgraphs/products/resolvers/query.ts:12`. */
function placeIn(stack: string): string | undefined {
  const places = [...stack.matchAll(/[( ]([^\s():]+\.tsx?:\d+):\d+/g)].map(([, place]) => place);
  return places.find((place) => !place?.includes('node_modules/'));
}

/** A value on one line: words as they are, an error as its name and message with its place, all else as JSON. */
function shown(value: unknown): string {
  if (typeof value === 'string') return /^[^\s"=]+$/.test(value) ? value : JSON.stringify(value);
  if (!isLoggedError(value)) return JSON.stringify(value);
  return JSON.stringify(`${value.name}: ${brief(value.message)}${placed(placeIn(value.stack) ?? value.location)}`);
}

function isLoggedError(value: unknown): value is { name: string; message: string; location?: string; stack: string } {
  return typeof value === 'object' && value !== null && 'name' in value && 'message' in value && 'stack' in value;
}

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

  constructor(output: Output, { quiet = false, noColor = false }: LogPrinterOptions = {}) {
    this.#output = output;
    this.#isQuiet = quiet;
    this.#isColoured = Boolean(output.isTTY) && !noColor;
  }

  /** Prints one line that a function wrote: `products   │ INFO product saved productId=p1`. */
  print(functionName: string, line: string): void {
    if (this.#isQuiet) return;
    const label = this.#painted(functionName.padEnd(WIDTH), this.#colourOf(functionName));
    this.#output.write(`${label} │ ${this.#compact(line)}\n`);
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

/** A line of a structured logger, which has a level and a message. */
function structuredLine(line: string): StructuredLine | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    const fields = JSON.parse(line) as Record<string, unknown>;
    const { level, message } = fields;
    return typeof level === 'string' && typeof message === 'string' ? { ...fields, level, message } : undefined;
  } catch {
    return undefined;
  }
}

/** A value on one line: words as they are, an error as its name and message with its place, all else as JSON. */
function shown(value: unknown): string {
  if (typeof value === 'string') return /^[^\s"=]+$/.test(value) ? value : JSON.stringify(value);
  if (!isLoggedError(value)) return JSON.stringify(value);
  const place = value.location ? ` (${value.location})` : '';
  return JSON.stringify(`${value.name}: ${value.message}${place}`);
}

function isLoggedError(value: unknown): value is { name: string; message: string; location?: string } {
  return typeof value === 'object' && value !== null && 'name' in value && 'message' in value && 'stack' in value;
}

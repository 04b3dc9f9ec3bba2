/** Where lines go: a terminal or a file. */
export interface Output {
  write(text: string): unknown;
  isTTY?: boolean | undefined;
}

/** Fields of a structured line that say the same in each line of a function. */
const NOISE = new Set([
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
]);
const COLOURS = [36, 33, 35, 32, 34, 96, 93, 95];
const WIDTH = 10;

/** Prints what functions log, a line each with the function's name, in colour on a terminal. */
export class LogPrinter {
  readonly #output: Output;
  readonly #isColoured: boolean;
  readonly #names: string[] = [];

  constructor(output: Output) {
    this.#output = output;
    this.#isColoured = Boolean(output.isTTY);
  }

  print(name: string, line: string): void {
    if (!this.#names.includes(name)) this.#names.push(name);
    const colour = COLOURS[this.#names.indexOf(name) % COLOURS.length];
    const label = name.padEnd(WIDTH);
    this.#output.write(`${this.#isColoured ? `\u001b[${colour}m${label}\u001b[0m` : label} │ ${compact(line)}\n`);
  }
}

/** A structured line as level, message and its own fields; any other line as it is. */
function compact(line: string): string {
  const fields = parsedObject(line);
  if (!fields) return line;
  const rest = Object.entries(fields).filter(([key]) => !NOISE.has(key));
  const shown = rest.map(([key, value]) => `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
  return [
    fields.level,
    typeof fields.message === 'string' ? fields.message : JSON.stringify(fields.message),
    ...shown,
  ].join(' ');
}

function parsedObject(line: string): Record<string, unknown> | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    return JSON.parse(line) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}

/** Returns whether an event matches. */
export type EventPattern = (event: unknown) => boolean;

/** Malformed event pattern. */
class PatternInvalid extends Error {
  override name = 'PatternInvalid';
}

type Test = (value: unknown) => boolean;

/**
 * Compiles an event pattern, as in rules, archives and filters of event source mappings. Throws PatternInvalid.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html
 */
export function eventPattern(pattern: unknown): EventPattern {
  if (!isRecord(pattern)) throw new PatternInvalid('An event pattern must be an object');
  const tests = Object.entries(pattern).map(([key, part]) => (key === '$or' ? anyOf(part) : field(key, part)));
  if (tests.length === 0) throw new PatternInvalid('An event pattern must not be empty');
  return (event) => tests.every((test) => test(event));
}

function anyOf(alternatives: unknown): Test {
  if (!Array.isArray(alternatives) || alternatives.length < 2)
    throw new PatternInvalid('$or must be a list of two patterns or more');
  const patterns = alternatives.map(eventPattern);
  return (value) => patterns.some((matches) => matches(value));
}

/** Tests a field of an object against a list of allowed values or a nested pattern. */
function field(key: string, part: unknown): Test {
  const test = Array.isArray(part) ? allowedValues(key, part) : nested(eventPattern(part));
  return (value) => test(isRecord(value) ? value[key] : undefined);
}

/** Tests a nested object; a list matches if one of its elements does. */
function nested(matches: EventPattern): Test {
  return (value) => (Array.isArray(value) ? value.some(matches) : matches(value));
}

function allowedValues(key: string, allowed: unknown[]): Test {
  if (allowed.length === 0) throw new PatternInvalid(`The list of "${key}" must not be empty`);
  const tests = allowed.map((each) => (isRecord(each) ? operator(each) : equals(each)));
  return (value) => {
    const values = Array.isArray(value) && value.length > 0 ? value : [Array.isArray(value) ? undefined : value];
    return values.some((each) => tests.some((test) => test(each)));
  };
}

function equals(expected: unknown): Test {
  if (typeof expected === 'object' && expected !== null) throw new PatternInvalid('A list must not be in a list');
  return (value) => value === expected;
}

function operator(condition: Record<string, unknown>): Test {
  const [[name, operand] = ['', undefined], ...others] = Object.entries(condition);
  const compile = OPERATORS[name];
  if (!compile || others.length > 0)
    throw new PatternInvalid(`Unrecognized match type ${Object.keys(condition).join(', ')}`);
  return compile(operand);
}

const OPERATORS: Record<string, (operand: unknown) => Test> = {
  prefix: (operand) => affix('prefix', operand, (text, start) => text.startsWith(start)),
  suffix: (operand) => affix('suffix', operand, (text, end) => text.endsWith(end)),
  'equals-ignore-case': (operand) => {
    const expected = text('equals-ignore-case', operand).toLowerCase();
    return (value) => typeof value === 'string' && value.toLowerCase() === expected;
  },
  wildcard: (operand) => {
    const expected = wildcard(text('wildcard', operand));
    return (value) => typeof value === 'string' && expected.test(value);
  },
  exists: (operand) => {
    if (typeof operand !== 'boolean') throw new PatternInvalid('exists must be true or false');
    return (value) => (value !== undefined && !isRecord(value)) === operand;
  },
  numeric: (operand) => numeric(operand),
  'anything-but': (operand) => anythingBut(operand),
  cidr: (operand) => cidr(text('cidr', operand)),
};

function affix(name: string, operand: unknown, has: (text: string, part: string) => boolean): Test {
  const ignoresCase = isRecord(operand);
  const part = text(name, ignoresCase ? operand['equals-ignore-case'] : operand);
  const normalize = (value: string) => (ignoresCase ? value.toLowerCase() : value);
  return (value) => typeof value === 'string' && has(normalize(value), normalize(part));
}

/** Matches any scalar value except the excluded ones. */
function anythingBut(operand: unknown): Test {
  const excluded = [operand].flat();
  if (excluded.length === 0) throw new PatternInvalid('The list of anything-but must not be empty');
  const tests = excluded.flatMap((each) => (isRecord(each) ? expandOperands(each).map(operator) : [equals(each)]));
  return (value) => value !== undefined && !isRecord(value) && !tests.some((test) => test(value));
}

/** Expands `{ prefix: [a, b] }` to `{ prefix: a }` and `{ prefix: b }`. */
function expandOperands(condition: Record<string, unknown>): Record<string, unknown>[] {
  return Object.entries(condition).flatMap(([name, operand]) => [operand].flat().map((each) => ({ [name]: each })));
}

const COMPARISONS: Record<string, (a: number, b: number) => boolean> = {
  '=': (a, b) => a === b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};

function numeric(operand: unknown): Test {
  const parts = Array.isArray(operand) ? operand : [];
  const comparisons = Array.from({ length: Math.ceil(parts.length / 2) }, (_, i) => {
    const compare = COMPARISONS[String(parts[2 * i])];
    const bound: unknown = parts[2 * i + 1];
    if (!compare || typeof bound !== 'number')
      throw new PatternInvalid('numeric must be a list such as [">", 0, "<=", 5]');
    return (value: number) => compare(value, bound);
  });
  if (comparisons.length === 0) throw new PatternInvalid('numeric must be a list such as [">", 0, "<=", 5]');
  return (value) => typeof value === 'number' && comparisons.every((holds) => holds(value));
}

/** Compiles a wildcard pattern: `*` matches any characters, `\*` an asterisk. */
function wildcard(pattern: string): RegExp {
  const parts = pattern.split(/(\\[*\\]|\*)/);
  const source = parts.map((part) => {
    if (part === '*') return '.*';
    return (/^\\[*\\]$/.test(part) ? part.slice(1) : part).replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  });
  return new RegExp(`^${source.join('')}$`, 's');
}

/** A block of IPv4 addresses. */
function cidr(block: string): Test {
  const [network = '', length = ''] = block.split('/');
  const bits = Number(length);
  const base = ipv4(network);
  if (base === undefined || !/^\d+$/.test(length) || bits > 32)
    throw new PatternInvalid('cidr must be a block of IPv4 addresses such as "10.0.0.0/24"');
  const size = 2 ** (32 - bits);
  return (value) => {
    const address = typeof value === 'string' ? ipv4(value) : undefined;
    return address !== undefined && Math.floor(address / size) === Math.floor(base / size);
  };
}

function ipv4(address: string): number | undefined {
  const parts = address
    .split('.')
    .map((part) => (/^\d{1,3}$/.test(part) && Number(part) < 256 ? Number(part) : Number.NaN));
  if (parts.length !== 4 || parts.some(Number.isNaN)) return undefined;
  return parts.reduce((sum, part) => sum * 256 + part, 0);
}

function text(name: string, operand: unknown): string {
  if (typeof operand === 'string') return operand;
  throw new PatternInvalid(`${name} must be a string`);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

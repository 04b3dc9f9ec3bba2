/** A value in an operation, or the variable that it comes from: `path` leads into the variable's value. */
export type ValueSource =
  | number
  | string
  | {
      variable: string;
      path: string[];
      /** The value of a variable that is left out. */
      ifOmitted?: number | string;
      /** The value where the variable is given, and lacks what `path` leads to. */
      ifPartial?: number | string;
    };

/** What gives a list's length: a number, a list's own length, or the first and the last day of a range. */
export type SizeSource = ValueSource | { days: (ValueSource | undefined)[] };

export interface Size {
  /** The greatest of them counts; none that has a value: `otherwise`. */
  sources: SizeSource[];
  otherwise: number;
  /** More than this a list never has, whatever the arguments say. */
  maximum?: number;
}

/** The cost of a part of an operation, as plain data: `size` times the sum of its own cost and of its children's. */
export interface CostNode {
  own: number;
  size: Size;
  children: CostNode[];
}

/** https://spec.graphql.org/October2021/#sec-Int */
const MAX_INT = 2 ** 31;
type Variables = Record<string, unknown>;

const DAY_MS = 86_400_000;

/** Returns the cost of an operation with these variables. */
export function estimateCost({ own, size, children }: CostNode, variables: Variables): number {
  const inner = children.reduce((total, child) => total + estimateCost(child, variables), own);
  return inner * sizeFor(size, variables);
}

function sizeFor({ sources, otherwise, maximum = Number.POSITIVE_INFINITY }: Size, variables: Variables): number {
  const sizes = sources.map((source) => lengthFrom(source, variables)).filter((size) => size !== undefined);
  return Math.min(maximum, sizes.length > 0 ? Math.max(0, ...sizes) : otherwise);
}

function lengthFrom(source: SizeSource, variables: Variables): number | undefined {
  if (typeof source === 'object' && 'days' in source) {
    const [first = Number.NaN, last = Number.NaN] = source.days.map((day) => timeOf(sourceValue(day, variables)));
    const days = Math.floor((last - first) / DAY_MS) + 1;
    return Number.isNaN(days) ? undefined : days;
  }
  const value = sourceValue(source, variables);
  if (Array.isArray(value)) return value.length;
  // The cost is estimated before variables are coerced, which then refuses what is no Int.
  return typeof value === 'number' && Math.abs(value) <= MAX_INT ? value : undefined;
}

/** The time of a day or a moment, ISO 8601; NaN for anything else. */
function timeOf(value: unknown): number {
  return typeof value === 'string' && /^\d{4}-\d\d-\d\d/.test(value) ? Date.parse(value) : Number.NaN;
}

function sourceValue(source: ValueSource | undefined, variables: Variables): unknown {
  if (typeof source !== 'object') return source;
  const { variable, path, ifOmitted, ifPartial } = source;
  return Object.hasOwn(variables, variable) ? (valueAtPath(variables[variable], path) ?? ifPartial) : ifOmitted;
}

/** Returns what lies at a path in a value. */
export function valueAtPath(value: unknown, path: string[]): unknown {
  return path.reduce<unknown>(
    (inner, step) =>
      typeof inner === 'object' && inner !== null && Object.hasOwn(inner, step)
        ? (inner as Record<string, unknown>)[step]
        : undefined,
    value,
  );
}

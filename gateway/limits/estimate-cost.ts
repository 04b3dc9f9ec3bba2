/** A literal, or a variable and a path within its value. */
export type ValueSource =
  | number
  | string
  | {
      variable: string;
      path: string[];
      /** Default if the variable is omitted. */
      ifOmitted?: number | string;
      /** Default if the variable is provided without a value at `path`. */
      ifPartial?: number | string;
    };

/** Source of a list's length: a number, a list argument, or the first and the last day of a range. */
export type SizeSource = ValueSource | { days: (ValueSource | undefined)[] };

export interface Size {
  /** The greatest one applies. */
  sources: SizeSource[];
  /** Size if no source has a value. */
  otherwise: number;
  /** Upper limit of the size, regardless of arguments. */
  maximum?: number;
}

/** Cost of a selection as JSON-serializable data: `size` times the sum of its weight and its children's costs. */
export interface CostNode {
  weight: number;
  size: Size;
  children: CostNode[];
}

/** https://spec.graphql.org/October2021/#sec-Int */
const MAX_INT = 2 ** 31;
type Variables = Record<string, unknown>;

const DAY_MS = 86_400_000;

/** Returns the cost of an operation with these variables. */
export function estimateCost({ weight, size, children }: CostNode, variables: Variables): number {
  const inner = children.reduce((total, child) => total + estimateCost(child, variables), weight);
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
  // Costs are estimated before variables are coerced; coercion rejects values that are not Int.
  return typeof value === 'number' && Math.abs(value) <= MAX_INT ? value : undefined;
}

/** Returns the time of an ISO 8601 date or date-time in milliseconds; NaN for anything else. */
function timeOf(value: unknown): number {
  return typeof value === 'string' && /^\d{4}-\d\d-\d\d/.test(value) ? Date.parse(value) : Number.NaN;
}

function sourceValue(source: ValueSource | undefined, variables: Variables): unknown {
  if (typeof source !== 'object') return source;
  const { variable, path, ifOmitted, ifPartial } = source;
  return Object.hasOwn(variables, variable) ? (valueAtPath(variables[variable], path) ?? ifPartial) : ifOmitted;
}

/** Returns the value at a path; undefined if there is none. */
export function valueAtPath(value: unknown, path: string[]): unknown {
  return path.reduce<unknown>(
    (inner, step) =>
      typeof inner === 'object' && inner !== null && Object.hasOwn(inner, step)
        ? (inner as Record<string, unknown>)[step]
        : undefined,
    value,
  );
}

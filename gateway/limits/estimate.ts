/** A number in an operation, or the variable that it comes from: `path` leads into the variable's value. */
export type SizeSource = number | { variable: string; path: string[]; byDefault?: number };

/** The cost of a part of an operation, as plain data: `size` times the sum of its own cost and of its children's. */
export interface CostNode {
  own: number;
  /** The greatest of them counts; none that has a value: `otherwise`. */
  size: { sources: SizeSource[]; otherwise: number };
  children: CostNode[];
}

/** https://spec.graphql.org/October2021/#sec-Int */
const MAX_INT = 2 ** 31;

/** The estimate for given variables. */
export function estimate({ own, size, children }: CostNode, variables: Record<string, unknown>): number {
  const inner = children.reduce((total, child) => total + estimate(child, variables), own);
  return inner * sizeFor(size, variables);
}

function sizeFor({ sources, otherwise }: CostNode['size'], variables: Record<string, unknown>): number {
  const sizes = sources
    .map((source) => (typeof source === 'number' ? source : given(source, variables)))
    // The cost is estimated before variables are coerced: whatever is no Int is refused then.
    .filter((size): size is number => typeof size === 'number' && Math.abs(size) <= MAX_INT);
  return sizes.length > 0 ? Math.max(0, ...sizes) : otherwise;
}

function given(
  { variable, path, byDefault }: Exclude<SizeSource, number>,
  variables: Record<string, unknown>,
): unknown {
  return Object.hasOwn(variables, variable) ? follow(variables[variable], path) : byDefault;
}

/** What lies at a path in a value. */
export function follow(value: unknown, path: string[]): unknown {
  return path.reduce<unknown>(
    (inner, step) =>
      typeof inner === 'object' && inner !== null && Object.hasOwn(inner, step)
        ? (inner as Record<string, unknown>)[step]
        : undefined,
    value,
  );
}

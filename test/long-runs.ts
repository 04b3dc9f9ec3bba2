declare global {
  /** Whether tests run more generated or concurrent cases: `npm test -- --long`. */
  var isLong: boolean | undefined;
}

/** Returns the number of cases to run. */
export function caseCount(usual: number, long: number): number {
  return globalThis.isLong ? long : usual;
}

/** Returns the time limit of a test with more cases, milliseconds. */
export function timeLimit(usual: number): number {
  return globalThis.isLong ? 20 * usual : usual;
}

/** Returns options of fast-check. The same `--seed` of jest generates the same cases. */
export function propertyOptions(usual: number, long: number): { seed: number; numRuns: number } {
  return { seed: jest.getSeed(), numRuns: caseCount(usual, long) };
}

declare global {
  /** Whether tests of generated or many cases run longer: `npm test -- --long`. */
  var isLong: boolean | undefined;
}

/** How many cases to run. */
export function extent(usual: number, long: number): number {
  return globalThis.isLong ? long : usual;
}

/** The time limit of a test that may run longer, in milliseconds. */
export function patience(usual: number): number {
  return globalThis.isLong ? 20 * usual : usual;
}

/** Parameters of fast-check for generated cases; a run that jest gets the same `--seed` for has the same ones. */
export function generated(usual: number, long: number): { seed: number; numRuns: number } {
  return { seed: jest.getSeed(), numRuns: extent(usual, long) };
}

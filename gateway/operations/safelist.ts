/** What becomes of an operation that no client has registered: it runs, it runs and is logged, or it is refused. */
const SAFELIST_MODES = ['off', 'log', 'only'] as const;
export type SafelistMode = (typeof SAFELIST_MODES)[number];

/** The mode that the environment names, or `off`; throws if there is no such mode. */
export function safelistMode(name = 'off'): SafelistMode {
  const mode = SAFELIST_MODES.find((each) => each === name);
  if (!mode) throw new Error(`SAFELIST is ${SAFELIST_MODES.join(', ')}, not "${name}"`);
  return mode;
}

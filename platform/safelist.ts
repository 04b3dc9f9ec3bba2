/** How unregistered operations are handled: allowed, allowed and logged, or rejected. */
const SAFELIST_MODES = ['off', 'log', 'only'] as const;
export type SafelistMode = (typeof SAFELIST_MODES)[number];

/** Parses a mode; throws an error that lists the modes. */
export function safelistMode(name = 'off'): SafelistMode {
  const mode = SAFELIST_MODES.find((each) => each === name);
  if (!mode) throw new Error(`SAFELIST must be one of ${SAFELIST_MODES.join(', ')}, not "${name}"`);
  return mode;
}

/** How unregistered operations are handled: they run, they run and are logged, or they are refused. */
const SAFELIST_MODES = ['off', 'log', 'only'] as const;
export type SafelistMode = (typeof SAFELIST_MODES)[number];

/** Returns the mode of this name; throws an error that names the modes there are. */
export function safelistMode(name = 'off'): SafelistMode {
  const mode = SAFELIST_MODES.find((each) => each === name);
  if (!mode) throw new Error(`SAFELIST is ${SAFELIST_MODES.join(', ')}, not "${name}"`);
  return mode;
}

import { optionalEnv } from '#platform/env.ts';

const DEFAULT_PORT = 4000;

/** Returns the port from `--port`, else from the environment variable PORT, else 4000. */
export function portFrom(option: string | undefined): number {
  const text = option ?? optionalEnv('PORT') ?? String(DEFAULT_PORT);
  const port = Number(text);
  if (!/^\d+$/.test(text) || port < 1 || port > 65_535)
    throw new Error(`The port must be a number from 1 to 65535, not "${text}".`);
  return port;
}

/** Prints an error's message without its stack, and exits with code 1. */
export function fail(error: unknown): never {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}

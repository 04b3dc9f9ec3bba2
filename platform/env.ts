/** Reads an environment variable; throws if it is not set. */
export function requiredEnv(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`Environment variable ${name} is not set`);
  return value;
}

/** Reads an environment variable; undefined if it is not set or empty. */
export function optionalEnv(name: string): string | undefined {
  return process.env[name] || undefined;
}

/** Returns the environment variables whose names begin with a prefix. */
export function envWithPrefix(prefix: string): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => name.startsWith(prefix)));
}

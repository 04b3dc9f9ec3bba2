/** Reads an environment variable that the infrastructure must set; the error names it. */
export function requiredEnv(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`Environment variable ${name} is not set`);
  return value;
}

/** Reads an environment variable that may be left out. */
export function optionalEnv(name: string): string | undefined {
  return process.env[name] || undefined;
}

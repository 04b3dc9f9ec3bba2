/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references-secretsmanager.html */
const REFERENCE = /\{\{resolve:secretsmanager:([^:}]+):SecretString:[^}]*\}\}/g;

/** Replaces Secrets Manager references in environment variables; a reference without a value stays as it is. */
export function resolveSecrets(
  variables: Record<string, string>,
  secrets: Record<string, string>,
): Record<string, string> {
  const resolve = (value: string) => value.replace(REFERENCE, (reference, name: string) => secrets[name] ?? reference);
  return Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, resolve(value)]));
}

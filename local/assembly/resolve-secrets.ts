/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references-secretsmanager.html */
const REFERENCE = /\{\{resolve:secretsmanager:([^:}]+):SecretString:[^}]*\}\}/g;

/** Variables with the values of the secrets that they refer to; a secret that has none here stays a reference. */
export function resolveSecrets(
  variables: Record<string, string>,
  secrets: Record<string, string>,
): Record<string, string> {
  const resolved = (value: string) => value.replace(REFERENCE, (reference, name: string) => secrets[name] ?? reference);
  return Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, resolved(value)]));
}

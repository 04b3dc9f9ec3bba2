import type { Template } from '../../assembly/read-assembly.ts';
import { refusal } from './stack-error.ts';

/** A parameter in a request. */
export interface GivenParameter {
  key: string;
  value?: string | undefined;
  usesPrevious: boolean;
}

/**
 * Returns the value of each parameter of a template: given, of the previous deployment, or its default. Throws CloudFormation's
 * refusal of unknown parameters and of those without a value.
 */
export function parameterValues(
  { Parameters = {} }: Template,
  given: GivenParameter[],
  previous: Record<string, string>,
): Record<string, string> {
  const unknown = given.filter(({ key }) => !(key in Parameters)).map(({ key }) => key);
  if (unknown.length > 0) throw refusal(`Parameters: [${unknown.join(', ')}] do not exist in the template`);
  const byName = new Map(given.map((each) => [each.key, each]));
  const values = Object.entries(Parameters).map(([name, { Default }]): [string, string | undefined] => {
    const parameter = byName.get(name);
    return [name, (parameter?.usesPrevious ? previous[name] : parameter?.value) ?? Default?.toString()];
  });
  const missing = values.filter(([, value]) => value === undefined).map(([name]) => name);
  if (missing.length > 0) throw refusal(`Parameters: [${missing.join(', ')}] must have values`);
  return Object.fromEntries(values.map(([name, value]) => [name, String(value)]));
}

/** Returns the values of the SSM parameters that a template's parameters name. Throws CloudFormation's refusal if one is missing. */
export function storedValues(
  { Parameters = {} }: Template,
  values: Record<string, string>,
  stored: (name: string) => string | undefined,
): Record<string, string> {
  const names = Object.keys(Parameters).filter((name) =>
    Parameters[name]?.Type.startsWith('AWS::SSM::Parameter::Value'),
  );
  const found = names.map((name): [string, string | undefined] => [name, stored(values[name] ?? '')]);
  const missing = found.filter(([, value]) => value === undefined).map(([name]) => values[name]);
  if (missing.length > 0)
    throw refusal(`Unable to fetch parameters [${missing.join(',')}] from parameter store for this account.`);
  return Object.fromEntries(found.map(([name, value]) => [name, String(value)]));
}

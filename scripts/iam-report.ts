import { existsSync } from 'node:fs';
import { parseArgs, styleText } from 'node:util';
import { outputsOf } from '../build/build.ts';
import { graphRoots } from '../build/discover.ts';
import { readSystemModel } from '../local/assembly/read-system-model.ts';
import { isAllowed } from '../local/aws/iam/policy.ts';
import { iamUse } from '../operator/iam-use.ts';
import { fail } from './command-line/arguments.ts';

const HELP = `Usage: npm run iam:report

Lists the IAM grants of each function, and whether the last test run used them. An unused grant is either unnecessary or
untested. Run "npm test" first.

  --help   show this
`;

/** Actions that the Lambda service performs with the function's role. */
const BY_LAMBDA = /^(logs:|sqs:SendMessage$)/;
const NEVER = '✗ never';

try {
  const { values } = parseArgs({ options: { help: { type: 'boolean', default: false } } });
  if (values.help) process.stdout.write(HELP);
  else report();
} catch (error) {
  fail(error);
}

function report(): void {
  const used = iamUse();
  if (used.size === 0) throw new Error('There is no test run to report on: run "npm test" first.');
  const attributes = { 'AWS::Cognito::UserPool': { ProviderURL: () => 'http://localhost' } };
  const assemblies = graphRoots().map((root) => outputsOf(root).assembly);
  const functions = assemblies
    .filter(existsSync)
    .flatMap((assembly) => readSystemModel(assembly, attributes).functions);
  const grants = functions.flatMap(({ name, policies }) =>
    policies.flatMap(grantsOf).map((grant) => ({ name, grant, use: useOf(grant, used.get(name) ?? new Set()) })),
  );
  const lines = grants.flatMap(({ name, grant: [action, resource], use }, i) => [
    ...(grants[i - 1]?.name === name ? [] : [styleText('bold', name)]),
    `  ${use.padEnd(9)} ${action.padEnd(32)} ${resource}`,
  ]);
  const never = grants.filter(({ use }) => use === NEVER).length;
  lines.push(
    never === 0 ? 'Every grant was used.' : `${never} of ${grants.length} grants were never used in the test run.`,
  );
  process.stdout.write(`${lines.join('\n')}\n`);
}

function useOf([action, resource]: [string, string], used: ReadonlySet<string>): string {
  const grant = [{ Effect: 'Allow' as const, Action: action, Resource: resource }];
  if ([...used].some((access) => isAllowed(grant, ...parseAccess(access)))) return '✓ used';
  return BY_LAMBDA.test(action) ? '– Lambda' : NEVER;
}

function grantsOf({
  Action,
  Resource,
}: {
  Action?: string | string[];
  Resource?: string | string[];
}): [string, string][] {
  return [Action ?? []]
    .flat()
    .flatMap((action) => [Resource ?? []].flat().map((resource): [string, string] => [action, resource]));
}

function parseAccess(access: string): [action: string, resource: string] {
  const [action = '', ...resource] = access.split(' ');
  return [action, resource.join(' ')];
}

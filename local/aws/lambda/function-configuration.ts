import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { functionArn } from '../../assembly/arns.ts';
import { AwsError } from '../aws-service.ts';
import { type AliasRoute, LATEST, type VersionPool } from './function-versions.ts';

const MILLISECONDS = 1_000;

/** Returns a version in the form of Lambda's API; its ARN ends in the qualifier by which it was requested, if any. */
export function functionConfiguration({ version, definition }: VersionPool, qualifier?: string | null): object {
  const { name, handler, memory, timeout, environment, codeDirectory } = definition;
  const { sha256, bytes } = codeOf(codeDirectory);
  return {
    FunctionName: name,
    FunctionArn: functionArn(name, qualifier ?? undefined),
    Runtime: 'nodejs24.x',
    Handler: handler,
    CodeSize: bytes,
    CodeSha256: sha256,
    Timeout: timeout / MILLISECONDS,
    MemorySize: memory,
    Environment: { Variables: environment },
    Version: version,
    PackageType: 'Zip',
    State: 'Active',
    LastUpdateStatus: 'Successful',
  };
}

/** Returns where the code of a version is. */
export function codeLocation({ definition }: VersionPool): object {
  return { RepositoryType: 'S3', Location: pathToFileURL(definition.codeDirectory).href };
}

/** Returns an alias in the form of Lambda's API. */
export function aliasConfiguration(functionName: string, alias: string, { version, second }: AliasRoute) {
  return {
    AliasArn: functionArn(functionName, alias),
    Name: alias,
    FunctionVersion: version,
    Description: '',
    ...(second && { RoutingConfig: { AdditionalVersionWeights: { [second.version]: second.weight } } }),
  };
}

/** Returns the route that an UpdateAlias call asks for; members that it lacks are unchanged. Throws an error if it is invalid. */
export function routeFrom(input: Record<string, unknown>, { version, second }: AliasRoute): AliasRoute {
  const { FunctionVersion = version, RoutingConfig } = input;
  const route = { version: String(FunctionVersion) };
  if (route.version === LATEST && second) throw invalid('An alias with two versions must not point to $LATEST.');
  if (RoutingConfig === undefined || RoutingConfig === null) return { ...route, ...(second && { second }) };
  const { AdditionalVersionWeights = {} } = RoutingConfig as { AdditionalVersionWeights?: Record<string, unknown> };
  const [first, ...others] = Object.entries(AdditionalVersionWeights ?? {});
  if (!first) return route;
  const [other, weight] = [first[0], Number(first[1])];
  if (others.length > 0) throw invalid('An alias has at most one additional version.');
  if (!(weight >= 0 && weight <= 1)) throw invalid(`The weight of version ${other} must be between 0 and 1.`);
  if ([other, route.version].includes(LATEST)) throw invalid('An alias with two versions must not point to $LATEST.');
  if (other === route.version) throw invalid(`Version ${other} is already the alias's version.`);
  return { ...route, second: { version: other, weight } };
}

function invalid(message: string): AwsError {
  return new AwsError('InvalidParameterValueException', message);
}

const codes = new Map<string, { sha256: string; bytes: number }>();

/** Returns the hash and size of the code in a folder, which never changes. */
function codeOf(directory: string): { sha256: string; bytes: number } {
  const known = codes.get(directory);
  if (known) return known;
  const hash = createHash('sha256');
  let bytes = 0;
  const files = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  for (const path of files.map(({ parentPath, name }) => join(parentPath, name)).sort()) {
    const content = readFileSync(path);
    bytes += content.length;
    hash.update(path.slice(directory.length)).update(content);
  }
  const code = { sha256: hash.digest('base64'), bytes };
  codes.set(directory, code);
  return code;
}

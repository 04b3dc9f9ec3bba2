import type { GraphQLSchema } from 'graphql';
import { changesBetween } from './api-changes.ts';
import type { Change } from './change.ts';
import { compose } from './composition.ts';
import type { Finding } from './finding.ts';
import { checkOperations } from './operations-check.ts';
import type { RegisteredOperation } from './registered-operations.ts';
import { placeText } from './report/finding-lines.ts';
import { readSubgraph, readSupergraph } from './supergraph.ts';

/** Supergraph and registered operations of a gateway. */
export interface GatewayBuild {
  supergraphSdl: string;
  operations: RegisteredOperation[];
}

/**
 * Checks that the deployed subgraphs, schemas by name, have everything the gateway needs; they may have more. Returns the
 * problems with their remedies; empty if the gateway may be deployed.
 */
export async function problemsWithDeployed(
  { supergraphSdl, operations }: GatewayBuild,
  schemas: ReadonlyMap<string, string>,
): Promise<string[]> {
  const gateway = readSupergraph(supergraphSdl, "The gateway's supergraph");
  const names = [...gateway.subgraphs.keys()];
  const missing = names.filter((name) => !schemas.has(name));
  if (missing.length > 0) return missing.map((name) => `${name} is not deployed. ${deployFirst(name)}`);
  const sdlOf = (name: string) => schemas.get(name) ?? '';
  const composed = compose(names.map((name) => ({ name, sdl: sdlOf(name), file: name })));
  if (!composed.ok) return composed.errors.map(compositionProblem);
  const deployed = readSupergraph(composed.supergraphSdl, 'The deployed graph');
  const lacking = await Promise.all(
    [...gateway.subgraphs].map(async ([name, wanted]) => ({
      name,
      changes: await lost(wanted, readSubgraph(name, sdlOf(name))),
    })),
  );
  const changes = await changesBetween(gateway.api, deployed.api);
  const told = new Set(lacking.flatMap((each) => each.changes.map(({ path }) => path)));
  const untold = changes.filter(({ risk, path }) => risk === 'breaking' && !told.has(path));
  const { broken } = checkOperations(operations, changes, { before: gateway.api, after: deployed.api });
  return [
    ...lacking.flatMap((each) => each.changes.map((change) => lackProblem(each.name, change))),
    ...untold.map(({ message }) => `The deployed graph offers clients less than this gateway: ${message}.`),
    ...broken.map(
      ({ client, operation, reasons }) =>
        `The operation ${operation} of the client ${client} breaks: ${reasons.join('; ')}.`,
    ),
  ];
}

/** Returns changes that break query plans of the gateway. */
async function lost(wanted: GraphQLSchema, deployed: GraphQLSchema): Promise<Change[]> {
  const changes = await changesBetween(wanted, deployed);
  return changes.filter((change) =>
    change.type.startsWith('DIRECTIVE') ? breaksPlans(change) : change.risk === 'breaking',
  );
}

/** Query plans depend on @key, @requires and @provides; other directives matter only for composition. */
function breaksPlans({ type, path }: Change): boolean {
  if (!type.startsWith('DIRECTIVE_USAGE')) return false;
  return type.endsWith('_REMOVED') ? /\.@(key|provides)\b/.test(path) : /\.@requires\b/.test(path);
}

function lackProblem(name: string, { type, path, message }: Change): string {
  const what = type.startsWith('DIRECTIVE') ? `${path} differs` : message;
  return `${name} lacks what this gateway needs: ${what}. ${deployFirst(name)}`;
}

function compositionProblem({ message, places, hint = '' }: Finding): string {
  const where = places.length > 0 ? ` (${places.map(placeText).join(', ')})` : '';
  return `The deployed subgraphs do not compose: ${message.replace(/\.$/, '')}${where}. ${hint}`.trim();
}

function deployFirst(name: string): string {
  return `Deploy this version first: npm run deploy -- ${name}`;
}

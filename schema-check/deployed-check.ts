import type { GraphQLSchema } from 'graphql';
import { changesBetween } from './api-changes.ts';
import type { Change } from './change.ts';
import { compose } from './composition.ts';
import type { Finding } from './finding.ts';
import { checkOperations } from './operations-check.ts';
import type { RegisteredOperation } from './registered-operations.ts';
import { placeText } from './report/finding-lines.ts';
import { readSubgraph, readSupergraph } from './supergraph.ts';

/** What a gateway is built with. */
export interface GatewayBuild {
  supergraphSdl: string;
  operations: RegisteredOperation[];
}

/**
 * Holds a gateway against the schemas of the subgraphs that are deployed, by name: what it relies on must be there. Tells what
 * is wrong and what to do, a sentence or two each; nothing if the gateway may be deployed. Subgraphs may have more than the
 * gateway knows of.
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
  const deployed = readSupergraph(composed.supergraphSdl, 'What is deployed');
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
    ...untold.map(({ message }) => `What is deployed offers clients less than this gateway: ${message}.`),
    ...broken.map(
      ({ client, operation, reasons }) =>
        `The operation ${operation} of the client ${client} breaks: ${reasons.join('; ')}.`,
    ),
  ];
}

/** What the gateway asks of a subgraph, by its plans, and does not get. */
async function lost(wanted: GraphQLSchema, deployed: GraphQLSchema): Promise<Change[]> {
  const changes = await changesBetween(wanted, deployed);
  return changes.filter((change) =>
    change.type.startsWith('DIRECTIVE') ? breaksPlans(change) : change.risk === 'breaking',
  );
}

/** A plan is made of keys, and of what a field needs or brings along; the other directives matter to composition alone. */
function breaksPlans({ type, path }: Change): boolean {
  if (!type.startsWith('DIRECTIVE_USAGE')) return false;
  return type.endsWith('_REMOVED') ? /\.@(key|provides)\b/.test(path) : /\.@requires\b/.test(path);
}

function lackProblem(name: string, { type, path, message }: Change): string {
  const what = type.startsWith('DIRECTIVE') ? `${path} is another` : message;
  return `${name} lacks what this gateway asks of it: ${what}. ${deployFirst(name)}`;
}

function compositionProblem({ message, places, hint = '' }: Finding): string {
  const where = places.length > 0 ? ` (${places.map(placeText).join(', ')})` : '';
  return `What is deployed does not compose: ${message.replace(/\.$/, '')}${where}. ${hint}`.trim();
}

function deployFirst(name: string): string {
  return `Deploy it first, as it is here: npm run deploy -- ${name}`;
}

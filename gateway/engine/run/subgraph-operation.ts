import type { EntityFetch, ProgramFetch } from '../program.ts';

/** An operation as it is sent to a subgraph. */
export interface SubgraphOperation {
  kind: 'query' | 'mutation';
  /** The operation and its name as JSON members, for the body of a request: `"query":"…","operationName":"…"`. */
  members: string;
}

/** The operation of a fetch that goes alone. */
export function operationOf({ kind, operation, operationName }: ProgramFetch): SubgraphOperation {
  return subgraphOperation(kind, operation, operationName);
}

/** What the part of a merged operation is called in its variables and in its answer. */
export function partName(index: number): { variable: string; key: string } {
  return { variable: `representations_${index}`, key: `_${index}` };
}

/** One operation in place of several joins of one subgraph, each a part with a list of entities of its own. */
export function mergedOperation(fetches: ProgramFetch[]): SubgraphOperation {
  const parts = fetches.flatMap(({ entities }) => (entities ? [entities] : []));
  const own = parts.map((_, index) => `$${partName(index).variable}:[_Any!]!`);
  const definitions = [...own, ...new Set(parts.flatMap((part) => Object.values(part.definitions)))].join();
  const selections = parts.map(selectionOf).join(' ');
  const [{ operationName = '' } = {}] = fetches;
  const directives = parts[0]?.directives ?? '';
  const text = `query ${operationName}(${definitions})${directives}{${selections}}`;
  return subgraphOperation('query', text, operationName);
}

function selectionOf({ selection }: EntityFetch, index: number): string {
  const { variable, key } = partName(index);
  return `${key}:_entities(representations:$${variable})${selection}`;
}

function subgraphOperation(kind: 'query' | 'mutation', text: string, name: string | undefined): SubgraphOperation {
  const nameMember = name ? `,"operationName":${JSON.stringify(name)}` : '';
  return { kind, members: `"query":${JSON.stringify(text)}${nameMember}` };
}

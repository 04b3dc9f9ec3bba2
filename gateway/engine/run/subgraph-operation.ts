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

/** The key of a part of a merged operation in its answer. */
export function partKey(part: number): string {
  return `_${part}`;
}

/** A part's own variable: the client's are the same for all. */
export function partVariable(name: string, part: number): string {
  return `${name}_${part}`;
}

/** One operation in place of several joins of one subgraph, each a part with a list of entities of its own. */
export function mergedOperation(fetches: ProgramFetch[]): SubgraphOperation {
  const parts = fetches.flatMap(({ entities }, index) => (entities ? [partOf(entities, index)] : []));
  const definitions = [...new Set(parts.flatMap((part) => part.definitions))].join();
  const [{ operationName = '', entities: { directives = '' } = {} } = {}] = fetches;
  const text = `query ${operationName}(${definitions})${directives}{${parts.map(({ selection }) => selection).join(' ')}}`;
  return subgraphOperation('query', text, operationName);
}

function partOf({ selection, definitions, contexts = [] }: EntityFetch, part: number) {
  const own = new Set(contexts.map(({ variable }) => variable));
  const renamed = (text: string) =>
    text.replaceAll(/\$(\w+)/g, (whole, name: string) => (own.has(name) ? `$${partVariable(name, part)}` : whole));
  const list = partVariable('representations', part);
  return {
    definitions: [`$${list}:[_Any!]!`, ...Object.values(definitions).map(own.size > 0 ? renamed : same)],
    selection: `${partKey(part)}:_entities(representations:$${list})${own.size > 0 ? renamed(selection) : selection}`,
  };
}

function same(text: string): string {
  return text;
}

function subgraphOperation(kind: 'query' | 'mutation', text: string, name: string | undefined): SubgraphOperation {
  const nameMember = name ? `,"operationName":${JSON.stringify(name)}` : '';
  return { kind, members: `"query":${JSON.stringify(text)}${nameMember}` };
}

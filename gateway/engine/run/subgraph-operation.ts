import type { EntityFetch, OperationKind, ProgramFetch } from '../program.ts';

/** A subgraph operation. */
export interface SubgraphOperation {
  kind: OperationKind;
  /** The operation and its name as JSON members of a request body: `"query":"…","operationName":"…"`. */
  members: string;
}

/** Returns the operation of a single fetch. */
export function operationOf({ kind, operation, operationName }: ProgramFetch): SubgraphOperation {
  return subgraphOperation(kind, operation, operationName);
}

/** Returns the response key of a part of a merged operation. */
export function partKey(part: number): string {
  return `_${part}`;
}

/** Returns the name of a variable that belongs to one part; the client's variables are shared by all parts. */
export function partVariable(name: string, part: number): string {
  return `${name}_${part}`;
}

/** Merges entity fetches from one subgraph into one operation, with an `_entities` field per fetch. */
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

function subgraphOperation(kind: OperationKind, text: string, name: string | undefined): SubgraphOperation {
  const nameMember = name ? `,"operationName":${JSON.stringify(name)}` : '';
  return { kind, members: `"query":${JSON.stringify(text)}${nameMember}` };
}

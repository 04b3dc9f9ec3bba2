import type { SubgraphResponse } from '#platform/envelope.ts';
import type { CompiledFetch } from './compiled-program.ts';
import { collect, type Merger } from './data.ts';
import { applyRenames } from './renames.ts';
import { type Entity, isEntity } from './representation.ts';

/** Entities that one part of a call asks for: each once, whoever needs it. */
export interface JoinPart {
  /** The key of the list in the answer. */
  key: string;
  /** Representations as JSON text, with the place in the list. */
  representations: Map<string, number>;
  joins: Join[];
}

/** A fetch that takes part in a call, and the objects that its entities are merged into. */
export interface Join {
  fetch: CompiledFetch;
  targets: Entity[];
  /** Of each target, the place of its entity in the part's list. */
  places: number[];
}

/** Gathers what joins need: fetches of the same operation share a part. A fetch that needs nothing is left out. */
export function gather(fetches: CompiledFetch[], data: Entity): JoinPart[] {
  const parts = new Map<string, JoinPart>();
  for (const fetch of fetches) {
    const { operation } = fetch.fetch;
    const part = parts.get(operation) ?? { key: '_entities', representations: new Map<string, number>(), joins: [] };
    const join = joinOf(fetch, data, part.representations);
    if (join.targets.length === 0) continue;
    part.joins.push(join);
    parts.set(operation, part);
  }
  return [...parts.values()];
}

function joinOf(fetch: CompiledFetch, data: Entity, representations: Map<string, number>): Join {
  const found: Entity[] = [];
  collect(data, fetch.fetch.path, found);
  const targets: Entity[] = [];
  const places: number[] = [];
  for (const target of found) {
    const text = fetch.write(target);
    if (text === undefined) continue;
    const known = representations.get(text);
    const place = known ?? representations.size;
    if (known === undefined) representations.set(text, place);
    targets.push(target);
    places.push(place);
  }
  return { fetch, targets, places };
}

/** Merges the entities of an answer into the data. Tells whether the answer has the list that was asked for. */
export function mergeEntities(
  { key, representations, joins }: JoinPart,
  { data }: SubgraphResponse,
  merger: Merger,
): boolean {
  const entities = data?.[key];
  if (!Array.isArray(entities) || entities.length !== representations.size) return false;
  applyRenames(joins[0]?.fetch.fetch.renames ?? [], entities);
  for (const { targets, places } of joins) {
    for (const [index, target] of targets.entries()) {
      const entity: unknown = entities[places[index] ?? -1];
      if (isEntity(entity)) merger.merge(target, entity);
    }
  }
  return true;
}

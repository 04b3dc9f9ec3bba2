import type { SubgraphResponse } from '#platform/graphql/envelope.ts';
import type { CompiledFetch } from './compiled-program.ts';
import { groupByContext } from './context-values.ts';
import { applyRenames } from './renames.ts';
import { type Entity, isEntity } from './representation.ts';
import { Representations } from './representations.ts';
import { collectEntities, type Merger } from './response-data.ts';

/** One `_entities` field of a call: its distinct representations and the fetches that share them. */
export interface JoinPart {
  /** Response key of the entity list. */
  key: string;
  representations: Representations;
  /** Values of `@fromContext` arguments, as JSON text. */
  context: ReadonlyMap<string, string>;
  joins: Join[];
}

/** An entity fetch of a part, and the objects that its entities are merged into. */
export interface Join {
  fetch: CompiledFetch;
  targets: Entity[];
  /** Index of each target's entity in the part's list. */
  indexes: number[];
}

/** Collects the representations of entity fetches; fetches with the same selection share a part, empty ones are dropped. */
export function gatherJoins(fetches: CompiledFetch[], data: Entity): JoinPart[] {
  const parts = new Map<string, JoinPart>();
  for (const fetch of fetches) {
    for (const [contextKey, { entities, values }] of targetsOf(fetch, data)) {
      const key = contextKey + fetch.joinKey;
      const part: JoinPart = parts.get(key) ?? {
        key: '_entities',
        representations: new Representations(),
        context: values,
        joins: [],
      };
      const join = joinOf(fetch, entities, part.representations);
      if (join.targets.length === 0) continue;
      part.joins.push(join);
      parts.set(key, part);
    }
  }
  return [...parts.values()];
}

const NO_CONTEXT: ReadonlyMap<string, string> = new Map();

/** Returns the objects that a fetch may join, grouped by the values of their `@fromContext` arguments. */
function targetsOf({ fetch }: CompiledFetch, data: Entity): Iterable<[string, Targets]> {
  const { path, entities: { contexts } = {} } = fetch;
  if (contexts) return groupByContext(data, path, contexts);
  const entities: Entity[] = [];
  collectEntities(data, path, entities);
  return [['', { entities, values: NO_CONTEXT }]];
}

interface Targets {
  entities: Entity[];
  values: ReadonlyMap<string, string>;
}

function joinOf(fetch: CompiledFetch, found: Entity[], representations: Representations): Join {
  const targets: Entity[] = [];
  const indexes: number[] = [];
  for (const target of found) {
    const index = representations.add(target, fetch.shape);
    if (index === undefined) continue;
    targets.push(target);
    indexes.push(index);
  }
  return { fetch, targets, indexes };
}

/** Merges the entities of a response into the data. Returns whether the response has the requested list. */
export function mergeEntities(
  { key, representations, joins }: JoinPart,
  { data }: SubgraphResponse,
  merger: Merger,
): boolean {
  const entities = data?.[key];
  if (!Array.isArray(entities) || entities.length !== representations.size) return false;
  applyRenames(joins[0]?.fetch.fetch.renames ?? [], entities);
  for (const { targets, indexes } of joins) {
    for (const [position, target] of targets.entries()) {
      const entity: unknown = entities[indexes[position] ?? -1];
      if (isEntity(entity)) merger.mergeEntity(target, entity);
    }
  }
  return true;
}

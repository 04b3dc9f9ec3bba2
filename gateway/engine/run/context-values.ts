import type { ContextArgument, PathStep } from '../program.ts';
import { type Entity, isEntity } from './representation.ts';
import { hasTypeIn } from './response-data.ts';

/** Entities grouped by the values, as JSON text, of their `@fromContext` arguments. */
export type EntitiesByContext = Map<string, { entities: Entity[]; values: Map<string, string> }>;

/** Groups the entities at a path by the argument values that their ancestors give them. */
export function groupByContext(data: Entity, path: PathStep[], contexts: ContextArgument[]): EntitiesByContext {
  const found: EntitiesByContext = new Map();
  visitWithAncestors(data, path, [], (entity, ancestors) => {
    const values = valuesFor(contexts, entity, ancestors);
    const key = JSON.stringify([...values]);
    const same = found.get(key) ?? { entities: [], values };
    same.entities.push(entity);
    found.set(key, same);
  });
  return found;
}

/** Calls `found` with each object at a path and its ancestors, the parent last. */
function visitWithAncestors(
  value: unknown,
  [step, ...rest]: PathStep[],
  ancestors: Entity[],
  found: (entity: Entity, ancestors: Entity[]) => void,
): void {
  if (Array.isArray(value)) {
    const next = step === '@' ? rest : [...(step === undefined ? [] : [step]), ...rest];
    for (const item of value) visitWithAncestors(item, next, ancestors, found);
  } else if (isEntity(value)) {
    if (step === undefined) found(value, ancestors);
    else if (typeof step === 'string') visitWithAncestors(value[step], rest, [...ancestors, value], found);
    else if (hasTypeIn(step.types, value, false)) visitWithAncestors(value, rest, ancestors, found);
  }
}

function valuesFor(contexts: ContextArgument[], entity: Entity, ancestors: Entity[]): Map<string, string> {
  const values = new Map<string, string>();
  for (const { variable, path } of contexts) {
    const levels = path.filter((step) => step === '..').length;
    const value = valueAt(levels === 0 ? entity : ancestors.at(-levels), path.slice(levels));
    if (value !== undefined) values.set(variable, JSON.stringify(value));
  }
  return values;
}

function valueAt(value: unknown, path: PathStep[]): unknown {
  for (const step of path) {
    if (!isEntity(value)) return undefined;
    if (typeof step === 'string') value = value[step];
    else if (!hasTypeIn(step.types, value, false)) return undefined;
  }
  return value;
}

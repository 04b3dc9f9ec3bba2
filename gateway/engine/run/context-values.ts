import type { ContextArgument, PathStep } from '../program.ts';
import { type Entity, isEntity } from './representation.ts';
import { isOneOf } from './response-data.ts';

/** Objects with the values, as JSON text, of arguments that come from the objects around them; by the values. */
export type ByContext = Map<string, { entities: Entity[]; values: Map<string, string> }>;

/** Collects the objects at a path, those together that get the same arguments from around them. */
export function collectByContext(data: Entity, path: PathStep[], contexts: ContextArgument[]): ByContext {
  const found: ByContext = new Map();
  eachWithAround(data, path, [], (entity, around) => {
    const values = valuesFor(contexts, entity, around);
    const key = JSON.stringify([...values]);
    const same = found.get(key) ?? { entities: [], values };
    same.entities.push(entity);
    found.set(key, same);
  });
  return found;
}

/** Calls with each object at a path, and with the objects around it, the nearest last. */
function eachWithAround(
  value: unknown,
  [step, ...rest]: PathStep[],
  around: Entity[],
  found: (entity: Entity, around: Entity[]) => void,
): void {
  if (Array.isArray(value)) {
    const next = step === '@' ? rest : [...(step === undefined ? [] : [step]), ...rest];
    for (const item of value) eachWithAround(item, next, around, found);
  } else if (isEntity(value)) {
    if (step === undefined) found(value, around);
    else if (typeof step === 'string') eachWithAround(value[step], rest, [...around, value], found);
    else if (isOneOf(step.types, value, false)) eachWithAround(value, rest, around, found);
  }
}

function valuesFor(contexts: ContextArgument[], entity: Entity, around: Entity[]): Map<string, string> {
  const values = new Map<string, string>();
  for (const { variable, path } of contexts) {
    const levels = path.filter((step) => step === '..').length;
    const value = valueAt(levels === 0 ? entity : around.at(-levels), path.slice(levels));
    if (value !== undefined) values.set(variable, JSON.stringify(value));
  }
  return values;
}

function valueAt(value: unknown, path: PathStep[]): unknown {
  for (const step of path) {
    if (!isEntity(value)) return undefined;
    if (typeof step === 'string') value = value[step];
    else if (!isOneOf(step.types, value, false)) return undefined;
  }
  return value;
}

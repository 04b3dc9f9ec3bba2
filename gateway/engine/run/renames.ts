import type { Rename } from '../program.ts';
import { type Entity, isEntity } from './representation.ts';
import { hasTypeIn } from './response-data.ts';

/** Applies the plan's output rewrites: restores the names of fields that were aliased in a subgraph operation. */
export function applyRenames(renames: Rename[], data: unknown): void {
  for (const rename of renames) renameIn(data, rename, 0);
}

function renameIn(value: unknown, rename: Rename, depth: number): void {
  if (Array.isArray(value)) {
    for (const item of value) renameIn(item, rename, depth);
    return;
  }
  if (!isEntity(value)) return;
  const step = rename.path[depth];
  if (step === undefined) renameKey(value, rename);
  else if (typeof step === 'string') renameIn(value[step], rename, depth + 1);
  else if (hasTypeIn(step.types, value, true)) renameIn(value, rename, depth + 1);
}

function renameKey(entity: Entity, { from, to }: Rename): void {
  const value = entity[from];
  if (value === undefined) return;
  delete entity[from];
  entity[to] = value;
}

import { once } from 'node:events';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';

/** What the resource specification says of a type. */
export interface ResourceType {
  /** Properties that name a resource: two of a type cannot have the same. */
  identifier: string[];
  /** Properties that cannot be updated: a change replaces the resource always, or else sometimes. */
  immutable: Record<string, boolean>;
}

export type ResourceTypes = Record<string, ResourceType>;

let loading: Promise<ResourceTypes> | undefined;

/** Returns AWS's resource types; read once, about half a second after the first call. */
export function resourceTypes(): Promise<ResourceTypes> {
  loading ??= load();
  return loading;
}

async function load(): Promise<ResourceTypes> {
  const worker = new Worker(join(import.meta.dirname, 'resource-types-worker.ts'));
  const [types] = await once(worker, 'message');
  await worker.terminate();
  return types as ResourceTypes;
}

/** Returns the given name of a resource, of all of its identifying properties; undefined if AWS chooses it. */
export function nameOf(type: ResourceType | undefined, properties: Record<string, unknown>): string | undefined {
  const values = type?.identifier.map((name) => properties[name]) ?? [];
  if (values.length === 0 || values.some((value) => value === undefined)) return undefined;
  return values.map(String).join('|');
}

/** Whether a function creates the resources of a type. */
export function isCustom(type: string): boolean {
  return type.startsWith('Custom::') || type === 'AWS::CloudFormation::CustomResource';
}

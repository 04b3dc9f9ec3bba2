import { isDeepStrictEqual } from 'node:util';
import type { Resolver } from '../../assembly/intrinsics.ts';
import type { Stack, TemplateResource } from '../../assembly/read-assembly.ts';
import { dependenciesOf } from './dependencies.ts';
import { changedProperties, replacement } from './replacement.ts';
import type { ResourceTypes } from './resource-types.ts';
import type { Change, ResourceState } from './stack-record.ts';

export interface Comparison {
  before: Stack;
  after: Stack;
  states: ResourceState[];
  types: ResourceTypes;
  resolverOf: (stack: Stack) => Resolver;
}

/** Returns the changes that make one stack another, as a change set lists them. */
export function changesBetween({ before, after, states, types, resolverOf }: Comparison): Change[] {
  const [from, to] = [resolverOf(before), resolverOf(after)];
  const old = new Map(from.resources());
  const wanted = new Map(to.resources());
  const physicalIds = new Map(states.map(({ logicalId, physicalId }) => [logicalId, physicalId]));
  const removed = [...old].filter(([id]) => !wanted.has(id));
  const changes: Change[] = [];
  for (const [id, definition] of wanted) {
    const current = old.get(id);
    if (!current) changes.push(simple('Add', id, definition));
    else {
      const change = modification({ id, current, definition, from, to, types, isNew: (each) => !old.has(each) });
      if (change) changes.push({ ...change, physicalId: physicalIds.get(id) });
    }
  }
  return [
    ...changes,
    ...removed.map(([id, each]) => ({ ...simple('Remove', id, each), physicalId: physicalIds.get(id) })),
  ];
}

function simple(action: 'Add' | 'Remove', logicalId: string, { Type: type }: TemplateResource): Change {
  return { action, logicalId, type, scope: [], details: [] };
}

interface Modified {
  id: string;
  current: TemplateResource;
  definition: TemplateResource;
  from: Resolver;
  to: Resolver;
  types: ResourceTypes;
  isNew: (logicalId: string) => boolean;
}

function modification({ id, current, definition, from, to, types, isNew }: Modified): Change | undefined {
  const type = types[definition.Type];
  const changed = changedProperties(from.properties(current), to.properties(definition));
  // The value of a resource that does not exist yet is unknown.
  const unknown = Object.entries(definition.Properties ?? {})
    .filter(([name, value]) => !changed.includes(name) && [...dependenciesOf(only(value))].some(isNew))
    .filter(([name, value]) => !isDeepStrictEqual(value, current.Properties?.[name]))
    .map(([name]) => name);
  const names = [...changed, ...unknown];
  const others = ['Metadata', 'DeletionPolicy', 'UpdateReplacePolicy', 'UpdatePolicy'].filter(
    (section) => !isDeepStrictEqual(sectionOf(current, section), sectionOf(definition, section)),
  );
  if (names.length === 0 && others.length === 0) return undefined;
  return {
    action: 'Modify',
    logicalId: id,
    type: definition.Type,
    replacement: REPLACEMENT[String(replacement(type, names))] ?? 'False',
    scope: [...(names.length > 0 ? ['Properties'] : []), ...others],
    details: [
      ...names.map((name) => ({ attribute: 'Properties', name, recreation: recreation(type?.immutable[name]) })),
      ...others.map((attribute) => ({ attribute, recreation: 'Never' as const })),
    ],
  };
}

const REPLACEMENT: Record<string, Change['replacement']> = { true: 'True', false: 'False', maybe: 'Conditional' };

function recreation(isAlways: boolean | undefined): 'Always' | 'Never' | 'Conditionally' {
  if (isAlways === undefined) return 'Never';
  return isAlways ? 'Always' : 'Conditionally';
}

function only(value: unknown): TemplateResource {
  return { Type: '', Properties: { value } };
}

function sectionOf(resource: TemplateResource, section: string): unknown {
  return (resource as unknown as Record<string, unknown>)[section];
}

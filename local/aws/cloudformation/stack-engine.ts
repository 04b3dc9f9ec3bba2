import type { Template, TemplateResource } from '../../assembly/read-assembly.ts';
import { creationOrder } from './dependencies.ts';
import { changedProperties, replacement } from './replacement.ts';
import { ResourceSteps, type StepOptions } from './resource-steps.ts';
import { nameOf, type ResourceTypes } from './resource-types.ts';
import { handlerFailed, Interrupted, ResourceFailed } from './stack-error.ts';
import type { ResourceState } from './stack-record.ts';

type Properties = Record<string, unknown>;

export interface EngineOptions extends StepOptions {
  types: ResourceTypes;
  /** Whether another resource has this name. */
  isTaken: (type: string, name: string, logicalId: string) => boolean;
}

/** A resource that is no longer the stack's, with its resolved properties. */
interface Former {
  state: ResourceState;
  properties: Properties;
}

/** A template with the values of its parameters. */
export interface Goal {
  template: Template;
  parameters: Record<string, string>;
}

/** Changes a stack's resources one at a time, in the order of their dependencies, until they are those of a template. */
export class StackEngine {
  readonly #options: EngineOptions;
  readonly #steps: ResourceSteps;
  /** Resources whose last update failed: it may have been done in part. */
  readonly #uncertain: Set<string>;
  /** Resources that others have replaced, until the end of the operation. */
  readonly #replaced = new Map<string, Former>();
  /** What custom resources had before an update gave them another id, until the end of the operation. */
  #left: Former[] = [];

  constructor(options: EngineOptions) {
    this.#options = options;
    this.#steps = new ResourceSteps(options);
    const uncertain = [...this.#steps.states.values()].filter(({ status }) => /^UPDATE_(FAILED|IN_P)/.test(status));
    this.#uncertain = new Set(uncertain.map(({ logicalId }) => logicalId));
  }

  /** Takes resources as they are, whatever a failed rollback has left of them. */
  skip(logicalIds: string[]): void {
    for (const id of logicalIds) this.#uncertain.delete(id);
  }

  /** What failed, in CloudFormation's words. */
  get failure(): string {
    return this.#steps.failure;
  }

  /** Creates and updates what the goal declares. Throws ResourceFailed at the first failure. */
  async converge({ template, parameters }: Goal, direction: 'forward' | 'back' = 'forward'): Promise<void> {
    const { stack } = this.#options;
    this.#steps.isRollback = direction === 'back';
    const { Resources, ...sections } = template;
    stack.template = {
      ...sections,
      Parameters: { ...stack.template.Parameters, ...template.Parameters },
      Conditions: { ...stack.template.Conditions, ...template.Conditions },
      Mappings: { ...stack.template.Mappings, ...template.Mappings },
      Resources: stack.template.Resources,
    };
    stack.parameters = { ...stack.parameters, ...parameters };
    const wanted = this.#wanted(template);
    for (const id of creationOrder(wanted)) {
      this.#checkRunning();
      await this.#step(id, wanted[id] as TemplateResource, direction);
    }
  }

  /** Deletes what the goal does not declare, and what was replaced; returns the ids of those that could not be deleted. */
  async cleanUp({ template }: Goal): Promise<string[]> {
    const wanted = this.#wanted(template);
    const failed: string[] = [];
    for (const { state, properties } of [...this.#replaced.values(), ...this.#left].reverse())
      if (!(await this.#steps.remove(state, properties, state.definition.UpdateReplacePolicy)))
        failed.push(state.logicalId);
    this.#replaced.clear();
    this.#left = [];
    for (const id of this.#deletionOrder().filter((each) => !(each in wanted))) {
      this.#checkRunning();
      if (!(await this.#deleteResource(id))) failed.push(id);
    }
    return failed;
  }

  /** Ends the operation: the stack has the sections of the goal only. */
  finish({ template, parameters }: Goal): void {
    const { stack } = this.#options;
    stack.template = { ...template, Resources: stack.template.Resources };
    stack.parameters = parameters;
  }

  /** Resources of a template whose conditions hold. */
  #wanted(template: Template): Record<string, TemplateResource> {
    const { resolverOf, stack } = this.#options;
    return Object.fromEntries(resolverOf({ ...stack, template }).resources());
  }

  #checkRunning(): void {
    if (this.#options.signal.aborted) throw new Interrupted('The system stops.');
  }

  async #step(id: string, definition: TemplateResource, direction: 'forward' | 'back'): Promise<void> {
    const { stack, types, resolverOf } = this.#options;
    const current = stack.template.Resources[id];
    const properties = resolverOf(stack).properties(definition);
    const replaced = this.#replaced.get(id);
    if (direction === 'back' && replaced) return this.#restore(id, replaced);
    if (!current) return this.#create(id, definition, properties);
    const before = this.#steps.applied.get(id) ?? {};
    const changed = changedProperties(before, properties);
    if (changed.length === 0 && !this.#uncertain.has(id)) return this.#steps.keep(id, definition);
    if (current.Type === definition.Type && replacement(types[definition.Type], changed) !== true)
      return this.#update(id, definition, properties, before);
    await this.#replace(id, definition, properties, before);
  }

  async #create(id: string, definition: TemplateResource, properties: Properties): Promise<void> {
    const change = this.#steps.change(id, definition, properties);
    await this.#steps.run('CREATE', change, async () => {
      this.#checkName(id, definition.Type, properties);
      return this.#options.handlerOf(definition.Type).create?.(change);
    });
  }

  async #update(id: string, definition: TemplateResource, properties: Properties, before: Properties): Promise<void> {
    const state = this.#steps.states.get(id);
    const change = { ...this.#steps.change(id, definition, properties, state?.physicalId), before };
    this.#uncertain.add(id);
    await this.#steps.run('UPDATE', change, async () => {
      const result = await this.#options.handlerOf(definition.Type).update?.(change);
      if (state && result?.physicalId && result.physicalId !== state.physicalId)
        this.#leave({ state, properties: before }, result.physicalId);
      return result ?? (state && !state.isDerived ? state : undefined);
    });
    this.#uncertain.delete(id);
  }

  /** Leaves what a custom resource had to the clean-up, except for what it has again after a rollback. */
  #leave(former: Former, physicalId: string): void {
    const isCurrent = ({ state }: Former) =>
      state.logicalId === former.state.logicalId && state.physicalId === physicalId;
    this.#left = [...this.#left.filter((each) => !isCurrent(each)), former];
  }

  /** Creates a new resource in place of one with a property that cannot be updated. */
  async #replace(id: string, definition: TemplateResource, properties: Properties, before: Properties): Promise<void> {
    const { types, stack } = this.#options;
    const state = this.#steps.states.get(id);
    const name = nameOf(types[definition.Type], properties);
    const change = this.#steps.change(id, definition, properties);
    const isSameName = name !== undefined && name === nameOf(types[definition.Type], before);
    await this.#steps.run('UPDATE', change, async () => {
      if (isSameName && hasCustomName(definition, types))
        throw new ResourceFailed(
          `CloudFormation cannot update a stack when a custom-named resource requires replacing. Rename ${name} and update the stack again.`,
        );
      this.#checkName(id, definition.Type, properties);
      if (state)
        this.#replaced.set(id, {
          state: { ...state, definition: stack.template.Resources[id] ?? definition },
          properties: before,
        });
      return this.#options.handlerOf(definition.Type).create?.(change);
    });
  }

  /** Puts back a resource that was replaced, and leaves its replacement to the clean-up. */
  async #restore(id: string, { state, properties }: Former): Promise<void> {
    const replacing = this.#steps.states.get(id);
    const applied = this.#steps.applied.get(id) ?? {};
    const change = this.#steps.change(id, state.definition, properties, state.physicalId);
    await this.#steps.run('UPDATE', change, async () => (state.isDerived ? undefined : state));
    if (replacing) this.#replaced.set(id, { state: replacing, properties: applied });
  }

  async #deleteResource(id: string): Promise<boolean> {
    const { stack, store, record, apply } = this.#options;
    const state = this.#steps.states.get(id);
    if (!state) return true;
    // A resource whose creation failed was not applied.
    const properties = this.#steps.applied.get(id) ?? this.#options.resolverOf(stack).properties(state.definition);
    const isDeleted = await this.#steps.remove(state, properties, state.definition.DeletionPolicy);
    if (!isDeleted) return false;
    const { [id]: _, ...others } = stack.template.Resources;
    stack.template.Resources = others;
    this.#steps.states.delete(id);
    store.deleteResource(record.id, id);
    await apply();
    return true;
  }

  #checkName(id: string, type: string, properties: Properties): void {
    const { types, isTaken } = this.#options;
    const name = nameOf(types[type], properties);
    if (name !== undefined && isTaken(type, name, id))
      throw handlerFailed(`Resource of type '${type}' with identifier '${name}' already exists.`, 'AlreadyExists');
  }

  #deletionOrder(): string[] {
    const definitions = [...this.#steps.states.values()].map(({ logicalId, definition }) => [logicalId, definition]);
    return creationOrder(Object.fromEntries(definitions)).reverse();
  }
}

/** Whether a resource's name is in its template: CloudFormation cannot give its replacement another one. */
function hasCustomName({ Type, Properties = {} }: TemplateResource, types: ResourceTypes): boolean {
  const names = (types[Type]?.identifier ?? []).filter((name) => /Name$/.test(name)).map((name) => Properties[name]);
  return names.some((name) => typeof name === 'string' || /^{"Fn::(Sub|Join)"/.test(JSON.stringify(name) ?? ''));
}

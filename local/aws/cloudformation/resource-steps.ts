import type { Resolver } from '../../assembly/intrinsics.ts';
import type { Stack, TemplateResource } from '../../assembly/read-assembly.ts';
import type { ResourceChange, ResourceHandler, ResourceResult } from './resource-handler.ts';
import { isCustom } from './resource-types.ts';
import { Interrupted, ResourceFailed } from './stack-error.ts';
import type { StackEvents } from './stack-events.ts';
import type { ResourceState, StackRecord } from './stack-record.ts';
import type { StackStore } from './stack-store.ts';

type Properties = Record<string, unknown>;

export interface StepOptions {
  store: StackStore;
  record: StackRecord;
  /** The stack as the system runs it; the engine changes it step by step. */
  stack: Stack;
  events: StackEvents;
  handlerOf: (type: string) => ResourceHandler;
  resolverOf: (stack: Stack) => Resolver;
  /** Makes the running system what all stacks declare. */
  apply: () => Promise<void>;
  signal: AbortSignal;
}

/** Changes single resources of one stack: their events, their state on disk, and the running system. */
export class ResourceSteps {
  /** By logical id. */
  readonly states: Map<string, ResourceState>;
  /** Resolved properties as they were applied last, by logical id. */
  readonly applied = new Map<string, Properties>();
  /** Whether changes undo those before. */
  isRollback = false;
  readonly #options: StepOptions;
  #failure = '';

  constructor(options: StepOptions) {
    this.#options = options;
    const { store, record, stack } = options;
    this.states = new Map(store.resources(record.id).map((state) => [state.logicalId, state]));
    const resolver = options.resolverOf(stack);
    for (const [id, definition] of Object.entries(stack.template.Resources))
      this.applied.set(id, resolver.properties(definition));
  }

  /** What failed, in CloudFormation's words. */
  get failure(): string {
    return this.#failure;
  }

  /** Takes over a definition without changed properties, such as new metadata. */
  keep(id: string, definition: TemplateResource): void {
    const { stack, store, record } = this.#options;
    stack.template.Resources = { ...stack.template.Resources, [id]: definition };
    const state = this.states.get(id);
    if (state) store.putResource(record.id, this.#remember({ ...state, definition }));
  }

  /** Deletes a resource by its policy; returns whether it left the stack. */
  async remove(state: ResourceState, properties: Properties, policy: string | undefined): Promise<boolean> {
    const { events, store, handlerOf } = this.#options;
    const { logicalId, physicalId, type } = state;
    const say = (status: string, reason?: string) => events.add({ logicalId, physicalId, type, status, reason });
    const definition = { ...state.definition, Properties: properties };
    if (policy?.startsWith('Retain') && mayExist(state)) {
      say('DELETE_SKIPPED');
      store.retain({ ...state, definition });
      return true;
    }
    say('DELETE_IN_PROGRESS');
    try {
      const change = this.change(logicalId, definition, properties, physicalId);
      if (mayExist(state)) await handlerOf(type).delete?.(change);
      say('DELETE_COMPLETE');
      return true;
    } catch (error) {
      if (error instanceof Interrupted) throw error;
      say('DELETE_FAILED', (error as Error).message);
      return false;
    }
  }

  /** Runs one change with its events; the running system follows. */
  async run(
    verb: 'CREATE' | 'UPDATE',
    change: ResourceChange,
    act: () => Promise<ResourceResult | undefined>,
  ): Promise<void> {
    const { stack, apply } = this.#options;
    const { logicalId: id, definition, properties } = change;
    const [resources, values] = [stack.template.Resources, stack.values];
    this.#begin(change, `${verb}_IN_PROGRESS`);
    try {
      const result = await act();
      stack.template.Resources = { ...resources, [id]: definition };
      const { [id]: _, ...others } = values ?? {};
      stack.values = result ? { ...others, [id]: await this.#valuesOf(result, id) } : others;
      if (verb === 'CREATE')
        this.#event(change, 'CREATE_IN_PROGRESS', this.#physicalId(id), 'Resource creation Initiated');
      await apply();
      this.applied.set(id, properties);
      this.#save(change, `${verb}_COMPLETE`, result);
    } catch (error) {
      if (error instanceof Interrupted || this.#options.signal.aborted) throw new Interrupted('The system stops.');
      Object.assign(stack, { values, template: { ...stack.template, Resources: resources } });
      this.#fail(change, verb, error as Error);
      throw error instanceof ResourceFailed ? error : new ResourceFailed((error as Error).message);
    }
  }

  async #valuesOf({ physicalId, attributes = {} }: ResourceResult, id: string) {
    return { physicalId: physicalId ?? this.#physicalId(id), attributes };
  }

  /** Notes that a resource is changing: should the system stop now, its state is unknown. */
  #begin(change: ResourceChange, status: string): void {
    const { store, record } = this.#options;
    const { logicalId, type, definition, physicalId = logicalId } = change;
    const state = this.states.get(logicalId) ?? {
      logicalId,
      type,
      definition,
      physicalId,
      attributes: {},
      isDerived: true,
    };
    store.putResource(record.id, { ...state, status, updated: Date.now() });
    this.#event(change, status, change.physicalId ?? '');
  }

  #save(change: ResourceChange, status: string, result: ResourceResult | undefined, reason?: string): void {
    const { store, record } = this.#options;
    const { logicalId, type, definition } = change;
    const physicalId = result?.physicalId ?? this.#physicalId(logicalId);
    const state: ResourceState = {
      logicalId,
      type,
      definition,
      physicalId,
      status,
      reason,
      updated: Date.now(),
      attributes: result?.attributes ?? {},
      isDerived: result === undefined,
    };
    store.putResource(record.id, this.#remember(state));
    this.#event(change, status, physicalId, reason);
  }

  #fail(change: ResourceChange, verb: 'CREATE' | 'UPDATE', error: Error): void {
    const physicalId = error instanceof ResourceFailed ? error.physicalId : undefined;
    this.#failure = `The following resource(s) failed to ${verb.toLowerCase()}: [${change.logicalId}]. `;
    if (verb === 'CREATE') this.#save(change, 'CREATE_FAILED', physicalId ? { physicalId } : undefined, error.message);
    else {
      const { store, record } = this.#options;
      const state = this.states.get(change.logicalId);
      if (state) store.putResource(record.id, { ...state, status: 'UPDATE_FAILED', reason: error.message });
      this.#event(change, 'UPDATE_FAILED', change.physicalId ?? '', error.message);
    }
  }

  #remember(state: ResourceState): ResourceState {
    this.states.set(state.logicalId, state);
    return state;
  }

  #event({ logicalId, type, properties }: ResourceChange, status: string, physicalId: string, reason?: string): void {
    this.#options.events.add({ logicalId, type, physicalId, status, reason, properties: JSON.stringify(properties) });
  }

  #physicalId(id: string): string {
    const { stack, resolverOf } = this.#options;
    return id in stack.template.Resources ? String(resolverOf(stack).resolve({ Ref: id })) : id;
  }

  change(id: string, definition: TemplateResource, properties: Properties, physicalId?: string): ResourceChange {
    const { record, signal } = this.#options;
    const { id: stackId, name: stackName } = record;
    const { Type: type } = definition;
    return {
      stackId,
      stackName,
      logicalId: id,
      type,
      definition,
      properties,
      isRollback: this.isRollback,
      signal,
      ...(physicalId && { physicalId }),
    };
  }
}

/** Whether a resource was created, or may have been: one that was refused, say for its name, is another one's. */
function mayExist({ status, isDerived, type }: ResourceState): boolean {
  if (status === 'CREATE_IN_PROGRESS') return isCustom(type);
  return status !== 'CREATE_FAILED' || !isDerived;
}

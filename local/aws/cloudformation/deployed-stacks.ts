import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { LOCAL_ACCOUNT } from '../../assembly/arns.ts';
import { Resolver, type RuntimeAttributes } from '../../assembly/intrinsics.ts';
import type { Stack, Template, TemplateResource } from '../../assembly/read-assembly.ts';
import type { DeclaredResource } from '../control-plane/declared-resource.ts';
import type { ObjectStore } from '../s3/object-store.ts';
import { type AssemblyCode, type AssemblyStack, assemblyCode, assemblyStacks, assetKey } from './assembly-stacks.ts';
import { StackEvents } from './stack-events.ts';
import { outputsOf, valuesOf } from './stack-operations.ts';
import type { ResourceState, StackRecord } from './stack-record.ts';
import type { StackStore } from './stack-store.ts';

export interface DeployedStacksOptions {
  store: StackStore;
  objects: ObjectStore;
  runtime: RuntimeAttributes;
}

/** A stack that does not run as the assembly has it; `extra`: the assembly does not have it. */
export interface StackDifference {
  name: string;
  kind: 'changed' | 'destroyed' | 'extra';
}

/** The stacks that the system runs: those of the assembly, as deployments have changed them. */
export class DeployedStacks {
  readonly #options: DeployedStacksOptions;
  /** By stack id. */
  readonly #running = new Map<string, Stack>();
  #code: AssemblyCode = { byKey: new Map(), byFunction: new Map() };
  #assembly: AssemblyStack[] = [];

  constructor(options: DeployedStacksOptions) {
    this.#options = options;
  }

  /** Returns what the system runs; a deployment changes these objects. Resources left by deleted stacks go on. */
  all(): Stack[] {
    const retained = this.#options.store.retained().map((state, i) => [`Retained${i}`, state.definition]);
    const left = { name: 'retained', template: { Resources: Object.fromEntries(retained) } };
    return [...this.#running.values(), ...(retained.length > 0 ? [left] : [])];
  }

  /** Returns a stack as it runs; an empty one if it is new. */
  running({ id, name }: StackRecord): Stack {
    const stack = this.#running.get(id) ?? this.#withCode({ name, template: { Resources: {} } });
    this.#running.set(id, stack);
    return stack;
  }

  remove({ id }: StackRecord): void {
    this.#running.delete(id);
  }

  /** Returns a stack with its code in the bucket, which does not run. */
  preview(name: string, template: Template, parameters: Record<string, string>, of?: Stack): Stack {
    return this.#withCode({ name, template, parameters, values: of?.values ?? {} });
  }

  /** Returns the resolver of a stack that tolerates resources that do not run here. */
  resolverOf(stack: Stack): Resolver {
    return new Resolver(stack, this.all(), this.#options.runtime, { isLenient: true });
  }

  /** Returns the running resources of a type. */
  resourcesOf(type: string): DeclaredResource[] {
    return [...this.#running.values()].flatMap((stack) => {
      const resolver = this.resolverOf(stack);
      return resolver
        .resources()
        .filter(([, { Type }]) => Type === type)
        .map(([logicalId, resource]) => ({
          stackName: stack.name,
          logicalId,
          physicalId: String(resolver.resolve({ Ref: logicalId })),
          properties: resolver.properties(resource),
        }));
    });
  }

  /** Returns the highest deployed version of a function; 1 if no deployment has published one. */
  deployedVersionOf(functionName: string): number {
    const physicalIds = [...this.#running.values()].flatMap(({ values = {} }) =>
      Object.values(values).map(({ physicalId }) => physicalId),
    );
    const versions = physicalIds
      .filter((id) => id.startsWith(`${functionName}:`))
      .map((id) => Number(id.split(':')[1]));
    return Math.max(1, ...versions.filter(Number.isInteger));
  }

  /** Returns the folder in the assembly with a function's code. */
  codeOf(functionName: string): string | undefined {
    return this.#code.byFunction.get(functionName);
  }

  /**
   * Takes over the stacks of the assembly. One that a deployment changed or deleted stays as it is until its template in the
   * assembly changes.
   */
  adopt(stacks: Stack[], directory: string): void {
    this.#code = assemblyCode(stacks, directory);
    const named = new Set(stacks.map(({ name }) => name));
    this.#loadRunning();
    this.#assembly = assemblyStacks(stacks);
    for (const stack of this.#assembly) this.#adoptOne(stack);
    for (const record of this.#live())
      if (record.origin === 'assembly' && !named.has(record.name)) this.#removeOne(record);
    this.#readParameters();
    this.#describe(named);
  }

  /** Returns where deployments made the running stacks differ from the assembly. */
  differences(): StackDifference[] {
    const live = new Map(this.#live().map((record) => [record.name, record]));
    const inAssembly = this.#assembly.flatMap(({ name, template }): StackDifference[] => {
      const record = live.get(name);
      if (!record) return [{ name, kind: 'destroyed' }];
      return isSame(record, template) ? [] : [{ name, kind: 'changed' }];
    });
    const named = new Set(this.#assembly.map(({ name }) => name));
    const extra = [...live.keys()].filter((name) => !named.has(name));
    return [...inAssembly, ...extra.map((name): StackDifference => ({ name, kind: 'extra' }))];
  }

  #live(): StackRecord[] {
    return this.#options.store.stacks().filter(({ status }) => status !== 'DELETE_COMPLETE');
  }

  #loadRunning(): void {
    for (const record of this.#live()) {
      if (this.#running.has(record.id)) continue;
      const states = this.#options.store
        .resources(record.id)
        .filter(({ status }) => !/^CREATE_(FAILED|IN_PROGRESS)$/.test(status));
      const template = record.template ? (JSON.parse(record.template) as Template) : { Resources: {} };
      const definitions = states.map(({ logicalId, definition }) => [logicalId, definition]);
      const values = states
        .filter(({ isDerived }) => !isDerived)
        .map(({ logicalId, physicalId, attributes }) => [logicalId, { physicalId, attributes }]);
      this.#running.set(
        record.id,
        this.#withCode({
          name: record.name,
          template: { ...template, Resources: Object.fromEntries(definitions) },
          parameters: record.origin === 'assembly' ? {} : valuesOf(record),
          values: Object.fromEntries(values),
        }),
      );
    }
  }

  /** Reads SSM parameters of deployed stacks again: some hold an address of this run. */
  #readParameters(): void {
    for (const record of this.#live()) {
      const stack = this.#running.get(record.id);
      if (!stack || record.origin === 'assembly') continue;
      for (const name of Object.keys(record.resolvedParameters))
        stack.parameters = { ...stack.parameters, [name]: this.#stored(record, name) };
    }
  }

  #stored({ parameters, resolvedParameters }: StackRecord, name: string): string {
    const Parameters = { [name]: { Type: 'AWS::SSM::Parameter::Value<String>', Default: parameters[name] ?? '' } };
    try {
      const reader = { name: '', template: { Parameters, Resources: {} } };
      return String(this.resolverOf(reader).resolve({ Ref: name }));
    } catch {
      return resolvedParameters[name] ?? '';
    }
  }

  #adoptOne({ name, template, text, hash }: AssemblyStack): void {
    const { store } = this.#options;
    const known = store
      .stacks()
      .filter((record) => record.name === name)
      .at(-1);
    if (known?.assemblyHash === hash || known?.status.endsWith('_IN_PROGRESS')) return;
    const previous = known?.status === 'DELETE_COMPLETE' ? undefined : known;
    const now = Date.now();
    const record: StackRecord = {
      ...(previous ?? newRecord(name, now)),
      status: previous ? 'UPDATE_COMPLETE' : 'CREATE_COMPLETE',
      ...(previous && { updated: now }),
      template: text,
      origin: 'assembly',
      assemblyHash: hash,
    };
    store.replaceStack(record, []);
    new StackEvents(store, record, undefined, () => {}).setStatus(record.status, 'Run from the assembly');
    this.#running.set(record.id, this.#withCode({ name, template }));
  }

  /** Writes down what follows from the templates of all adopted stacks: they may refer to each other. */
  #describe(names: Set<string>): void {
    const { store } = this.#options;
    for (const record of this.#live()) {
      const stack = this.#running.get(record.id);
      if (!stack || !names.has(record.name) || record.origin !== 'assembly') continue;
      if (store.resources(record.id).length > 0) continue;
      const resolver = this.resolverOf(stack);
      const parameters = Object.entries(stack.template.Parameters ?? {});
      record.parameters = Object.fromEntries(parameters.map(([id, { Default = '' }]) => [id, String(Default)]));
      record.resolvedParameters = Object.fromEntries(
        parameters
          .filter(([, { Type }]) => Type.startsWith('AWS::SSM::Parameter::Value'))
          .map(([id]) => [id, String(resolver.resolve({ Ref: id }))]),
      );
      record.outputs = outputsOf(stack.template, resolver);
      const states = resolver.resources().map(([id, definition]) => stateOf(id, definition, resolver));
      store.replaceStack(record, states);
      for (const { type, physicalId } of states) store.forgetRetained(type, physicalId);
    }
  }

  #removeOne(record: StackRecord): void {
    this.#running.delete(record.id);
    this.#options.store.replaceStack({ ...record, status: 'DELETE_COMPLETE', deleted: Date.now() }, []);
  }

  /** Code is in the assembly, or else in the bucket. */
  #withCode(stack: Stack): Stack {
    const codeFolder = (resource: TemplateResource) => {
      const key = assetKey(resource);
      return key === undefined ? undefined : (this.#code.byKey.get(key) ?? this.#options.objects.folderOf(key));
    };
    return { ...stack, codeFolder };
  }
}

/** Returns the record of a stack before its first deployment. */
export function newRecord(name: string, now: number): StackRecord {
  return {
    id: `arn:aws:cloudformation:${LOCAL_ACCOUNT.region}:${LOCAL_ACCOUNT.accountId}:stack/${name}/${randomUUID()}`,
    name,
    status: 'REVIEW_IN_PROGRESS',
    created: now,
    template: '',
    parameters: {},
    resolvedParameters: {},
    tags: {},
    capabilities: [],
    outputs: [],
    isProtected: false,
    origin: 'deployment',
  };
}

function isSame({ origin, template }: StackRecord, inAssembly: Template): boolean {
  if (origin === 'assembly') return true;
  return template !== '' && isDeepStrictEqual(comparable(JSON.parse(template)), comparable(inAssembly));
}

/** Leaves out the CDK's usage statistics, which depend on how the CDK runs. */
function comparable(template: Template): object {
  const Resources = Object.entries(template.Resources).filter(([, { Type }]) => Type !== 'AWS::CDK::Metadata');
  return JSON.parse(JSON.stringify({ ...template, Resources: Object.fromEntries(Resources) }));
}

function stateOf(logicalId: string, definition: TemplateResource, resolver: Resolver): ResourceState {
  const physicalId = String(resolver.resolve({ Ref: logicalId }));
  return {
    logicalId,
    type: definition.Type,
    definition,
    physicalId,
    status: 'CREATE_COMPLETE',
    updated: Date.now(),
    attributes: {},
    isDerived: true,
  };
}

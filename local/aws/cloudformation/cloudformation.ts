import { join } from 'node:path';
import type { RuntimeAttributes } from '../../assembly/intrinsics.ts';
import { readAssembly, type Stack, type Template } from '../../assembly/read-assembly.ts';
import { AwsError } from '../aws-service.ts';
import { type QueryInput, stringsIn } from '../query-protocol.ts';
import type { ObjectStore } from '../s3/object-store.ts';
import type { AliasShift } from './alias-shift.ts';
import { capabilitiesIn, changeSetId, parametersIn, tagsIn, templateIn } from './change-set-request.ts';
import { changesBetween } from './changes.ts';
import { DeployedStacks, newRecord } from './deployed-stacks.ts';
import { parameterValues, storedValues } from './parameters.ts';
import type { ResourceHandler } from './resource-handler.ts';
import { resourceTypes } from './resource-types.ts';
import { refusal } from './stack-error.ts';
import { StackEvents } from './stack-events.ts';
import { deleteStack, deployStack, type Operation, rollBack, type StackHost, valuesOf } from './stack-operations.ts';
import type { Change, ChangeSet, StackEvent, StackRecord, Target } from './stack-record.ts';
import { StackStore } from './stack-store.ts';
import { TakenNames } from './taken-names.ts';
import { checkedTemplate } from './template-checks.ts';

export interface CloudFormationOptions {
  /** Directory of the data kept between runs. */
  directory: string;
  objects: ObjectStore;
  runtime: RuntimeAttributes;
  aliases: AliasShift;
  handlerOf: (type: string) => ResourceHandler;
  /** Makes the running system what `stacks` returns. */
  apply: () => Promise<void>;
  /** Returns the value of an SSM parameter. */
  storedParameter: (name: string) => string | undefined;
  onEvent: (event: StackEvent) => void;
}

const NO_CHANGES =
  "The submitted information didn't contain changes. Submit different information to create a change set.";
/** States in which a stack can be updated. */
const UPDATABLE = new Set(['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE', 'IMPORT_COMPLETE']);

/** Stacks and their deployments, as CloudFormation runs them. */
export class CloudFormation {
  readonly store: StackStore;
  readonly stacks: DeployedStacks;
  readonly #options: CloudFormationOptions;
  readonly #shutdown = new AbortController();
  /** Operations in progress by stack id. */
  readonly #operations = new Map<string, Promise<void>>();

  constructor(options: CloudFormationOptions) {
    this.#options = options;
    this.store = new StackStore(join(options.directory, 'cloudformation.db'));
    this.stacks = new DeployedStacks({ ...options, store: this.store });
  }

  /** Takes over the stacks of an assembly that are new or changed since the last run. */
  adopt(assembly: string): void {
    this.stacks.adopt(readAssembly(assembly), assembly);
  }

  /** Rolls back what the last run left in the middle; what was complete but for the clean-up is cleaned up. */
  recover(): void {
    for (const record of this.store.stacks()) {
      const { status } = record;
      if (!status.endsWith('_IN_PROGRESS') || status === 'REVIEW_IN_PROGRESS') continue;
      const reason = 'The local system stopped in the middle of the operation.';
      const to = status === 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS' ? 'UPDATE' : 'UPDATE_ROLLBACK';
      this.#run({ record, status }, (host, operation) =>
        status.startsWith('DELETE') ? deleteStack(host, operation) : rollBack(host, operation, { reason, to }),
      );
    }
  }

  /** Stops operations in progress; the next start rolls them back. */
  async close(): Promise<void> {
    this.#shutdown.abort();
    await Promise.all(this.#operations.values());
    this.store.close();
  }

  /** Returns a stack by name or id. Throws CloudFormation's refusal if there is none. */
  record(nameOrId: string): StackRecord {
    const record = this.store.stack(nameOrId);
    if (!record) throw refusal(`Stack with id ${nameOrId} does not exist`);
    return record;
  }

  /** Returns a change set by name or ARN. */
  changeSet(name: string, stack: string | null): ChangeSet {
    const stacks = stack ? [this.record(stack)] : this.store.stacks();
    const sets = stacks.flatMap(({ id }) => this.store.changeSets(id));
    const found = sets.find((each) => each.id === name || each.name === name);
    if (!found) throw new AwsError('ChangeSetNotFound', `ChangeSet [${name}] does not exist`, 404);
    return found;
  }

  async createChangeSet(input: QueryInput): Promise<ChangeSet> {
    const stackName = input.get('StackName') ?? '';
    const name = input.get('ChangeSetName') ?? '';
    const existing = this.store.stack(stackName);
    const isCreation = input.get('ChangeSetType') === 'CREATE';
    if (!existing && !isCreation) throw refusal(`Stack [${stackName}] does not exist`);
    if (existing && isCreation && existing.status !== 'REVIEW_IN_PROGRESS')
      throw refusal(`Stack [${stackName}] already exists and cannot be created again with the changeSet [${name}].`);
    if (existing && !isCreation) this.#checkUpdatable(existing);
    const target = this.#target(input, existing);
    if (existing && this.store.changeSets(existing.id).some((each) => each.name === name))
      throw new AwsError('AlreadyExistsException', `ChangeSet ${name} cannot be created due to a name conflict.`);
    const record = existing ?? newRecord(stackName, Date.now());
    const { changes, isChanged } = await this.#changes(record, target);
    if (!existing) this.store.putStack(record);
    const changeSet: ChangeSet = {
      ...target,
      id: changeSetId(name),
      name,
      stackId: record.id,
      description: input.get('Description') ?? undefined,
      created: Date.now(),
      status: isChanged ? 'CREATE_COMPLETE' : 'FAILED',
      reason: isChanged ? undefined : NO_CHANGES,
      executionStatus: isChanged ? 'AVAILABLE' : 'UNAVAILABLE',
      changes,
      disablesRollback: input.get('OnStackFailure') === 'DO_NOTHING',
    };
    this.store.putChangeSet(changeSet);
    return changeSet;
  }

  /** Begins to execute a change set. */
  executeChangeSet(input: QueryInput): void {
    const changeSet = this.changeSet(input.get('ChangeSetName') ?? '', input.get('StackName'));
    const record = this.record(changeSet.stackId);
    if (changeSet.executionStatus !== 'AVAILABLE')
      throw new AwsError(
        'InvalidChangeSetStatus',
        `ChangeSet [${changeSet.id}] cannot be executed in its current status of [${changeSet.status}]`,
      );
    if (record.status !== 'REVIEW_IN_PROGRESS') this.#checkUpdatable(record);
    // The change sets of a stack belong to the state that they were compared with.
    this.store.deleteChangeSets(record.id);
    record.changeSetId = changeSet.id;
    const keepsFailure = changeSet.disablesRollback || input.get('DisableRollback') === 'true';
    const status = record.template ? 'UPDATE_IN_PROGRESS' : 'CREATE_IN_PROGRESS';
    this.#run({ record, status, token: tokenIn(input) }, (host, operation) =>
      deployStack(host, operation, changeSet, keepsFailure),
    );
  }

  /** Begins to delete a stack; does nothing if there is none. */
  deleteStack(input: QueryInput): void {
    const record = this.store.stack(input.get('StackName') ?? '');
    if (!record || record.status === 'DELETE_COMPLETE') return;
    if (record.isProtected)
      throw refusal(`Stack [${record.name}] cannot be deleted while TerminationProtection is enabled`);
    if (this.#operations.has(record.id))
      throw refusal(`Stack [${record.id}] cannot be deleted while in status ${record.status}`);
    this.#run({ record, status: 'DELETE_IN_PROGRESS', token: tokenIn(input) }, deleteStack);
  }

  /** Begins to roll back a failed update, or to continue a rollback that failed. */
  rollBack(input: QueryInput, from: string[]): void {
    const record = this.record(input.get('StackName') ?? '');
    if (!from.includes(record.status))
      throw refusal(`Stack:${record.id} is in ${record.status} state and can not be rolled back.`);
    const status = record.template ? 'UPDATE_ROLLBACK_IN_PROGRESS' : 'ROLLBACK_IN_PROGRESS';
    this.#run({ record, status, token: tokenIn(input) }, (host, operation) =>
      rollBack(host, operation, { reason: 'User Initiated', skip: stringsIn(input, 'ResourcesToSkip') }),
    );
  }

  #checkUpdatable({ id, status }: StackRecord): void {
    if (this.#operations.has(id) || !UPDATABLE.has(status))
      throw refusal(`Stack:${id} is in ${status} state and can not be updated.`);
  }

  #target(input: QueryInput, existing: StackRecord | undefined): Target {
    const { text, isInline } = templateIn(input, this.#options.objects, existing);
    const template = checkedTemplate(text, isInline);
    const capabilities = capabilitiesIn(input, text);
    const parameters = parameterValues(template, parametersIn(input), existing?.parameters ?? {});
    const resolvedParameters = storedValues(template, parameters, this.#options.storedParameter);
    return { template: text, parameters, resolvedParameters, tags: tagsIn(input), capabilities };
  }

  async #changes(record: StackRecord, target: Target): Promise<{ changes: Change[]; isChanged: boolean }> {
    const before = record.template ? this.stacks.running(record) : this.stacks.preview(record.name, NOTHING, {});
    const template = JSON.parse(target.template) as Template;
    const after = this.stacks.preview(record.name, template, valuesOf(target), before);
    checkTypes(before, after);
    const resolverOf = (stack: Stack) => this.stacks.resolverOf(stack);
    const states = this.store.resources(record.id);
    const changes = changesBetween({ before, after, states, types: await resourceTypes(), resolverOf });
    const sections = [before.template, template].map(({ Resources: _, ...others }) => JSON.stringify(others));
    const isChanged = changes.length > 0 || sections[0] !== sections[1] || !sameTags(record.tags, target.tags, record);
    return { changes, isChanged };
  }

  #run({ record, token, status }: Request, act: Act): void {
    // Seen by clients at once, before the resource types are read.
    this.store.putStack({ ...record, status });
    const operation = this.#operate(record, token, act)
      .catch((error: Error) => {
        const failed = record.template ? 'UPDATE_ROLLBACK_FAILED' : 'ROLLBACK_FAILED';
        new StackEvents(this.store, record, token, this.#options.onEvent).setStatus(failed, error.message);
      })
      .finally(() => {
        this.#operations.delete(record.id);
        if (record.status === 'DELETE_COMPLETE') this.stacks.remove(record);
      });
    this.#operations.set(record.id, operation);
  }

  async #operate(record: StackRecord, token: string | undefined, act: Act): Promise<void> {
    const types = await resourceTypes();
    const names = new TakenNames(this.store, this.stacks, types);
    const host: StackHost = {
      ...this.#options,
      store: this.store,
      signal: this.#shutdown.signal,
      resolverOf: (stack) => this.stacks.resolverOf(stack),
      isTaken: (stackId, type, wanted, logicalId) => names.of(type, { stackId, logicalId }).includes(wanted),
    };
    await act(host, { record, stack: this.stacks.running(record), types, token });
  }
}

/** An operation to begin. */
interface Request {
  record: StackRecord;
  token?: string | undefined;
  /** Of the stack from now on. */
  status: string;
}

type Act = (host: StackHost, operation: Operation) => Promise<void>;

const NOTHING: Template = { Resources: {} };

function tokenIn(input: QueryInput): string | undefined {
  return input.get('ClientRequestToken') ?? undefined;
}

/** The fast road has no tags: they alone do not make a change there. */
function sameTags(before: Record<string, string>, after: Record<string, string>, { origin }: StackRecord): boolean {
  return origin === 'assembly' || JSON.stringify(before) === JSON.stringify(after);
}

function checkTypes(before: Stack, after: Stack): void {
  const changed = Object.entries(after.template.Resources)
    .filter(([id, { Type }]) => (before.template.Resources[id]?.Type ?? Type) !== Type)
    .map(([id]) => id);
  if (changed.length > 0)
    throw refusal(
      `Update of resource type is not permitted. The new template modifies resource type of the following resources: [${changed.join(', ')}]`,
    );
}

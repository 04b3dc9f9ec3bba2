import { randomUUID } from 'node:crypto';
import type { Resolver } from '../../assembly/intrinsics.ts';
import type { Stack, Template } from '../../assembly/read-assembly.ts';
import type { AliasShift } from './alias-shift.ts';
import type { ResourceHandler } from './resource-handler.ts';
import type { ResourceTypes } from './resource-types.ts';
import { type Goal, StackEngine } from './stack-engine.ts';
import { Interrupted } from './stack-error.ts';
import { StackEvents } from './stack-events.ts';
import type { Output, StackEvent, StackRecord, Target } from './stack-record.ts';
import type { StackStore } from './stack-store.ts';

/** What operations need of the running system. */
export interface StackHost {
  store: StackStore;
  aliases: AliasShift;
  handlerOf: (type: string) => ResourceHandler;
  resolverOf: (stack: Stack) => Resolver;
  apply: () => Promise<void>;
  isTaken: (stackId: string, type: string, name: string, logicalId: string) => boolean;
  onEvent: (event: StackEvent) => void;
  signal: AbortSignal;
}

/** One running operation on one stack. */
export interface Operation {
  record: StackRecord;
  /** The stack as the system runs it. */
  stack: Stack;
  types: ResourceTypes;
  token?: string | undefined;
}

const EMPTY: Template = { Resources: {} };

/** Creates or updates a stack; a failure rolls it back. Resolves at its end, which is in the record's status. */
export async function deployStack(host: StackHost, operation: Operation, target: Target, keepsFailure: boolean) {
  const { record, stack } = operation;
  const isNew = record.template === '';
  const verb = isNew ? 'CREATE' : 'UPDATE';
  const events = eventsOf(host, operation);
  const engine = engineOf(host, operation, events);
  const goal: Goal = { template: templateOf(target.template), parameters: valuesOf(target) };
  events.setStatus(`${verb}_IN_PROGRESS`, 'User Initiated');
  try {
    await engine.converge(goal);
    const { template, parameters, resolvedParameters, tags, capabilities } = target;
    const outputs = outputsOf(goal.template, host.resolverOf({ ...stack, parameters: goal.parameters }));
    const now = Date.now();
    Object.assign(record, {
      template,
      parameters,
      resolvedParameters,
      tags,
      capabilities,
      outputs,
      origin: 'deployment',
    });
    if (!isNew) record.updated = now;
    host.aliases.release(functionsOf(host, stack));
    if (!isNew) events.setStatus('UPDATE_COMPLETE_CLEANUP_IN_PROGRESS');
    await engine.cleanUp(goal);
    engine.finish(goal);
    await host.apply();
    events.setStatus(`${verb}_COMPLETE`);
  } catch (error) {
    if (error instanceof Interrupted) return;
    if (keepsFailure) return events.setStatus(`${verb}_FAILED`, (error as Error).message);
    await rollBack(host, operation, { engine, events, reason: engine.failure || (error as Error).message });
  }
}

interface RollBack {
  engine?: StackEngine;
  events?: StackEvents;
  reason: string;
  /** Logical ids of resources to leave as they are. */
  skip?: string[];
  /** Beginning of the statuses of a stack that was complete before: an update of which only the clean-up is left is one. */
  to?: 'UPDATE' | 'UPDATE_ROLLBACK';
}

/** Brings a stack back to its last complete template; a stack that was never complete loses its resources. */
export async function rollBack(host: StackHost, operation: Operation, given: RollBack): Promise<void> {
  const { record, stack } = operation;
  const events = given.events ?? eventsOf(host, operation);
  const engine = given.engine ?? engineOf(host, operation, events);
  engine.skip(given.skip ?? []);
  const isNew = record.template === '';
  const prefix = isNew ? 'ROLLBACK' : (given.to ?? 'UPDATE_ROLLBACK');
  const goal = { template: isNew ? EMPTY : templateOf(record.template), parameters: valuesOf(record) };
  events.setStatus(`${prefix}_IN_PROGRESS`, given.reason);
  try {
    await engine.converge(goal, 'back');
    host.aliases.release(functionsOf(host, stack));
    if (!isNew) events.setStatus(`${prefix}_COMPLETE_CLEANUP_IN_PROGRESS`);
    const failed = await engine.cleanUp(goal);
    if (isNew && failed.length > 0) return events.setStatus('ROLLBACK_FAILED', notDeleted(failed));
    engine.finish({ ...goal, template: isNew ? { ...stack.template, Outputs: {} } : goal.template });
    await host.apply();
    events.setStatus(`${prefix}_COMPLETE`);
  } catch (error) {
    if (error instanceof Interrupted) return;
    events.setStatus(`${prefix}_FAILED`, (error as Error).message);
  }
}

/** Deletes a stack and its resources, but for those that its template retains. */
export async function deleteStack(host: StackHost, operation: Operation): Promise<void> {
  const { record, stack } = operation;
  const events = eventsOf(host, operation);
  const engine = engineOf(host, operation, events);
  events.setStatus('DELETE_IN_PROGRESS', 'User Initiated');
  try {
    const goal = { template: EMPTY, parameters: {} };
    const failed = await engine.cleanUp(goal);
    if (failed.length > 0) return events.setStatus('DELETE_FAILED', notDeleted(failed));
    engine.finish({ template: stack.template, parameters: {} });
    record.outputs = [];
    record.origin = 'deployment';
    events.setStatus('DELETE_COMPLETE');
  } catch (error) {
    if (error instanceof Interrupted) return;
    events.setStatus('DELETE_FAILED', (error as Error).message);
  }
}

/** Returns the values of all parameters: of those that name SSM parameters, what these hold. */
export function valuesOf({ parameters, resolvedParameters }: Pick<Target, 'parameters' | 'resolvedParameters'>) {
  return { ...parameters, ...resolvedParameters };
}

/** Returns a template's outputs. */
export function outputsOf({ Outputs = {} }: Template, resolver: Resolver): Output[] {
  return Object.entries(Outputs).map(([key, { Value, Description, Export }]) => ({
    key,
    value: String(resolver.resolve(Value)),
    description: Description,
    exportName: Export && String(resolver.resolve(Export.Name)),
  }));
}

function functionsOf({ resolverOf }: StackHost, stack: Stack): string[] {
  const resolver = resolverOf(stack);
  const functions = resolver.resources().filter(([, { Type }]) => Type === 'AWS::Lambda::Function');
  return functions.map(([id]) => String(resolver.resolve({ Ref: id })));
}

function templateOf(text: string): Template {
  return JSON.parse(text) as Template;
}

function eventsOf({ store, onEvent }: StackHost, { record, token = randomUUID() }: Operation): StackEvents {
  return new StackEvents(store, record, token, onEvent);
}

function engineOf(host: StackHost, { record, stack, types }: Operation, events: StackEvents): StackEngine {
  const isTaken = (type: string, name: string, id: string) => host.isTaken(record.id, type, name, id);
  return new StackEngine({ ...host, record, stack, types, events, isTaken });
}

function notDeleted(ids: string[]): string {
  return `The following resource(s) failed to delete: [${ids.join(', ')}]. `;
}

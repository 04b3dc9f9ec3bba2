import type { Resolver } from './intrinsics.ts';
import type { SystemModel } from './model.ts';
import type { Stack, TemplateResource } from './read-assembly.ts';

/** Resolved properties of a resource. */
export type Properties = Record<string, unknown>;

/** The resource that is being read, and its stack. */
export interface ResourceContext {
  stack: Stack;
  resolver: Resolver;
  /** Directory of the cloud assembly. */
  directory: string;
  logicalId: string;
  resource: TemplateResource;
}

/** Reads a resource of one type into the model. */
export type ResourceReader = (properties: Properties, model: SystemModel, context: ResourceContext) => void;

/** Adds those of the named properties that are set to the model's unsupported list, so that none is ignored silently. */
export function reportUnsupported(
  properties: Properties,
  names: string[],
  model: SystemModel,
  context: ResourceContext,
): void {
  for (const name of names.filter((each) => properties[each] !== undefined))
    model.unsupported.push({
      stack: context.stack.name,
      logicalId: context.logicalId,
      type: `${context.resource.Type} ${name}`,
    });
}

/** Returns what `Ref` returns for the resource that is being read. */
export function refOf({ resolver, logicalId }: ResourceContext): string {
  return String(resolver.resolve({ Ref: logicalId }));
}

/** Returns the last part of an ARN: the name of a queue or bus. */
export function nameInArn(arn: unknown): string {
  return String(arn).split(/[:/]/).pop() ?? '';
}

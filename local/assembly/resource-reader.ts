import type { Resolver } from './intrinsics.ts';
import type { SystemModel } from './model.ts';
import type { Stack, TemplateResource } from './read-assembly.ts';

/** Properties of a resource, its intrinsic functions resolved. */
export type Properties = Record<string, unknown>;

/** Where a resource stands. */
export interface ResourceContext {
  stack: Stack;
  resolver: Resolver;
  /** Of the cloud assembly. */
  directory: string;
  logicalId: string;
  resource: TemplateResource;
}

/** Reads a resource of one type into the model. */
export type ResourceReader = (properties: Properties, model: SystemModel, context: ResourceContext) => void;

/** Tells of properties that have no counterpart here, so that none is skipped in silence. */
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

/** The last part of an ARN: a queue's or a bus's name. */
export function nameInArn(arn: unknown): string {
  return String(arn).split(/[:/]/).pop() ?? '';
}

import type { TemplateResource } from '../../assembly/read-assembly.ts';

type Properties = Record<string, unknown>;

/** A change of one resource. */
export interface ResourceChange {
  stackId: string;
  stackName: string;
  logicalId: string;
  type: string;
  definition: TemplateResource;
  /** Resolved. For a deletion, those of the deleted resource. */
  properties: Properties;
  /** Resolved properties before an update. */
  before?: Properties;
  /** Undefined before its creation. */
  physicalId?: string;
  /** Whether the change undoes another one. */
  isRollback: boolean;
  /** Aborted when the system stops. */
  signal: AbortSignal;
}

/** What a created or updated resource returns; by default, its id and attributes follow from its template. */
export interface ResourceResult {
  physicalId?: string;
  attributes?: Record<string, string>;
}

/**
 * What a change of a resource does besides changing the model of the running system, which happens right after it. Each throws
 * ResourceFailed with AWS's reason to refuse the change.
 */
export interface ResourceHandler {
  create?(change: ResourceChange): Promise<ResourceResult | undefined> | ResourceResult | undefined;
  update?(change: ResourceChange): Promise<ResourceResult | undefined> | ResourceResult | undefined;
  delete?(change: ResourceChange): Promise<void> | void;
}

import type { AwsRequest } from '../aws-request.ts';
import type { AwsService } from '../aws-service.ts';

/** A resource of the running stacks, its properties resolved. */
export interface DeclaredResource {
  stackName: string;
  logicalId: string;
  /** What `Ref` returns. */
  physicalId: string;
  properties: Record<string, unknown>;
}

/** Returns the resources of a type. */
export type ResourcesOf = (type: string) => DeclaredResource[];

/** A service's calls that list and describe resources. */
export interface DescribingService extends AwsService {
  /** Whether it has this call. */
  isFor(request: AwsRequest): boolean;
}

/** Returns a service with the calls of both. */
export function withDescriptions(service: AwsService, describing: DescribingService): AwsService {
  const chosen = (request: AwsRequest) => (describing.isFor(request) ? describing : service);
  return {
    accesses: (request) => chosen(request).accesses(request),
    handle: (request, functionName) => chosen(request).handle(request, functionName),
  };
}

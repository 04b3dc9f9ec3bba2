import { AwsError } from '../aws-service.ts';

/** Refusal of a call by CloudFormation. */
export function refusal(message: string): AwsError {
  return new AwsError('ValidationError', message);
}

/** A resource that could not be created, updated or deleted; the message becomes the reason in its event. */
export class ResourceFailed extends Error {
  override name = 'ResourceFailed';
  /** Set if the resource exists in spite of the failure, and must be deleted. */
  readonly physicalId: string | undefined;

  constructor(message: string, physicalId?: string) {
    super(message);
    this.physicalId = physicalId;
  }
}

/** The system stops in the middle of a deployment, which the next start rolls back. */
export class Interrupted extends Error {
  override name = 'Interrupted';
}

/** Returns a failure in the words of CloudFormation's resource handlers. */
export function handlerFailed(message: string, code: string): ResourceFailed {
  return new ResourceFailed(`Resource handler returned message: "${message}" (HandlerErrorCode: ${code})`);
}

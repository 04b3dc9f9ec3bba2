import type { PermissionKey } from '../authorization/permissions.ts';
import type { CompiledProgram } from '../engine/run/compiled-program.ts';
import type { OperationFacts } from '../operation-facts.ts';

/** An operation that can be run as it is: nothing of it has to be read, checked or planned. */
export interface PreparedOperation {
  /** The name that it is registered by. */
  name?: string;
  /** Undefined where nothing is asked of those who run it. */
  facts: OperationFacts | undefined;
  /** What is run for those who meet these of the operation's requirements; nothing if that is not there. */
  programFor(met: PermissionKey): CompiledProgram | undefined;
}

/** Where prepared operations are found: by the SHA-256 of their text, or the id under which they are registered. */
export interface PreparedOperations {
  find(id: string, operationName: string | undefined): PreparedOperation | undefined;
}

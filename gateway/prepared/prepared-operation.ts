import type { PermissionKey } from '../authorization/permissions.ts';
import type { CompiledProgram } from '../engine/run/compiled-program.ts';
import type { OperationFacts } from '../operation-facts.ts';
import type { UsageOperation } from '../usage/usage-record.ts';

/** An operation that can be run as it is: nothing of it has to be read, checked or planned. */
export interface PreparedOperation {
  /** The name that it is registered by. */
  name?: string;
  /** Undefined where nothing is asked of those who run it. */
  facts: OperationFacts | undefined;
  /** What usage is reported by. */
  usage?: UsageOperation;
  /** What is run for those who meet these of the operation's requirements; nothing if that is not there. */
  programFor(met: PermissionKey): CompiledProgram | undefined;
}

/** Which operation a request asks for. */
export interface AskedOperation {
  /** The SHA-256 of its text, or the id under which it is registered. */
  id: string;
  operationName: string | undefined;
  /** The request brings the text: by its id alone, only what is registered may be run. */
  byText: boolean;
}

/** Where prepared operations are found. */
export interface PreparedOperations {
  find(asked: AskedOperation): PreparedOperation | undefined;
}

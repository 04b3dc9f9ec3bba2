/** An error in the shape in which functions and Lambda itself give it, JSON text. */
export function runtimeError(errorType: string, errorMessage: string): string {
  return JSON.stringify({ errorType, errorMessage });
}

/** The function did not answer within its timeout, milliseconds. */
export function timeoutError(requestId: string, timeout: number): string {
  const seconds = (timeout / 1_000).toFixed(2);
  return runtimeError('Sandbox.Timedout', `RequestId: ${requestId} Error: Task timed out after ${seconds} seconds`);
}

/** The process needed more memory than the function has. */
export function outOfMemoryError(requestId: string): string {
  return runtimeError(
    'Runtime.OutOfMemory',
    `RequestId: ${requestId} Error: Runtime exited with error: signal: killed`,
  );
}

/** No process could be started, such as for a directory that is not there. */
export function startError(requestId: string, { message }: Error): string {
  return runtimeError('Runtime.InvalidEntrypoint', `RequestId: ${requestId} Error: ${message}`);
}

/** What Lambda, written in Go, calls the signals that a process may die of. */
const SIGNALS: Partial<Record<NodeJS.Signals, string>> = {
  SIGABRT: 'aborted',
  SIGKILL: 'killed',
  SIGSEGV: 'segmentation fault',
  SIGTERM: 'terminated',
};

/** The process ended before its invocation did. */
export function exitError(requestId: string, code: number | null, signal: NodeJS.Signals | null): string {
  const how = signal
    ? `with error: signal: ${SIGNALS[signal] ?? signal}`
    : code
      ? `with error: exit status ${code}`
      : 'without providing a reason';
  return runtimeError('Runtime.ExitError', `RequestId: ${requestId} Error: Runtime exited ${how}`);
}

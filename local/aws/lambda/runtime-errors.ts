/** Returns an error as JSON text, in the format of Lambda and its runtimes. */
export function runtimeError(errorType: string, errorMessage: string): string {
  return JSON.stringify({ errorType, errorMessage });
}

/** Error of a function that exceeded its timeout in milliseconds. */
export function timeoutError(requestId: string, timeout: number): string {
  const seconds = (timeout / 1_000).toFixed(2);
  return runtimeError('Sandbox.Timedout', `RequestId: ${requestId} Error: Task timed out after ${seconds} seconds`);
}

/** Error of a process that exceeded the function's memory. */
export function outOfMemoryError(requestId: string): string {
  return runtimeError(
    'Runtime.OutOfMemory',
    `RequestId: ${requestId} Error: Runtime exited with error: signal: killed`,
  );
}

/** Error of a process that could not be started, for example because its directory does not exist. */
export function startError(requestId: string, { message }: Error): string {
  return runtimeError('Runtime.InvalidEntrypoint', `RequestId: ${requestId} Error: ${message}`);
}

/** Signal names as Lambda prints them. */
const SIGNAL_NAMES: Partial<Record<NodeJS.Signals, string>> = {
  SIGABRT: 'aborted',
  SIGKILL: 'killed',
  SIGSEGV: 'segmentation fault',
  SIGTERM: 'terminated',
};

/** Error of a process that exited during an invocation. */
export function exitError(requestId: string, code: number | null, signal: NodeJS.Signals | null): string {
  const reason = signal
    ? `with error: signal: ${SIGNAL_NAMES[signal] ?? signal}`
    : code
      ? `with error: exit status ${code}`
      : 'without providing a reason';
  return runtimeError('Runtime.ExitError', `RequestId: ${requestId} Error: Runtime exited ${reason}`);
}

/** Settings of a Lambda function. */
export interface FunctionDefinition {
  name: string;
  /** Folder of the built asset. */
  codeDirectory: string;
  /** `file.export`, relative to the asset. */
  handler: string;
  /** MiB. */
  memory: number;
  /** Milliseconds. */
  timeout: number;
  environment: Record<string, string>;
  /** Maximum concurrent environments; defaults to the service-wide limit. */
  reservedConcurrency?: number;
  /** Names of the function's aliases. */
  aliases: string[];
}

/** Result of an invocation. */
export interface InvokeResult {
  requestId: string;
  /** Version that ran: a number, or `$LATEST`. */
  executedVersion: string;
  /** The handler's return value or the error, as JSON. */
  body: string;
  /** Set when the function failed, as in the header `X-Amz-Function-Error`. */
  functionError?: 'Unhandled';
  /** Milliseconds, without the environment's start. */
  duration: number;
  /** Milliseconds that the environment took to start; 0 for a warm one. */
  initDuration: number;
  /** Output of the function and Lambda's own log lines. */
  log: string[];
}

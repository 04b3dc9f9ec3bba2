/** A Lambda function as the local service runs it. */
export interface FunctionDefinition {
  name: string;
  /** The built asset. */
  codeDirectory: string;
  /** `file.export`, relative to the asset. */
  handler: string;
  /** MiB. */
  memory: number;
  /** Milliseconds. */
  timeout: number;
  environment: Record<string, string>;
  /** The most environments at once; a service-wide cap where it is left out. */
  reservedConcurrency?: number;
  /** Aliases and versions that the function is known by. */
  qualifiers: string[];
}

/** How an invocation ended. */
export interface InvokeResult {
  requestId: string;
  /** JSON: what the handler returned, or the error. */
  body: string;
  /** Set when the function failed, as in the header `X-Amz-Function-Error`. */
  functionError?: 'Unhandled';
  /** Milliseconds, without the start of the environment. */
  duration: number;
  /** Milliseconds that the environment took to start; 0 for a warm one. */
  initDuration: number;
  /** What the function wrote and the lines that Lambda adds. */
  log: string[];
}

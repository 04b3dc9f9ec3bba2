/** A subgraph did not give an answer; the message is for the client. */
export class SubgraphFailure extends Error {
  override name = 'SubgraphFailure';
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** A subgraph returned no valid response. The message is public: it follows `The service "…"`. */
export class SubgraphFailure extends Error {
  override name = 'SubgraphFailure';
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

import type { Program } from '../engine/program.ts';
import type { ProgramKey } from './operation.ts';
import type { OperationFacts } from './operation-facts.ts';

/** A registered operation, compiled by the build to a JSON file in the gateway's asset. */
export interface RegisteredOperation {
  name: string;
  /** The registered document. */
  body: string;
  /** Undefined if the operation is not valid for the schema. */
  facts?: OperationFacts;
  /**
   * Programs for viewers who satisfy all of the operation's requirements, and for those who satisfy none; with `@defer`, also
   * for incremental delivery.
   */
  programs: Record<ProgramKey, Program>;
}

/** The graph that an asset's registered operations were compiled for. */
export interface CompiledGraph {
  /** The supergraph's hash. */
  supergraph: string;
  /** Addresses of the subgraphs by name. */
  subgraphs: Record<string, string>;
}

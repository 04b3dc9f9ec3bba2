import type { PermissionKey } from '../authorization/permissions.ts';
import type { Program } from '../engine/program.ts';
import type { OperationFacts } from './operation-facts.ts';

/** A registered operation as the build makes it ready: a JSON file of its own in the gateway's asset. */
export interface KnownOperation {
  name: string;
  /** The text that was registered. */
  body: string;
  /** Left out where the operation does not fit the schema. */
  facts?: OperationFacts;
  /** What is run, by what the viewer meets: for who meets all of the operation's requirements, and for who meets none. */
  programs: Record<PermissionKey, Program>;
}

/** What the known operations of an asset were made from. */
export interface KnownGraph {
  /** The supergraph's hash. */
  supergraph: string;
  /** Addresses of the subgraphs by name. */
  subgraphs: Record<string, string>;
}

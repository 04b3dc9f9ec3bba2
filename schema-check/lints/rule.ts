import type { GraphQLSchema } from 'graphql';
import type { SubgraphSource } from '../subgraph-source.ts';

/** Input of lint rules. */
export interface Linted {
  /** API schema, without @inaccessible elements. */
  api: GraphQLSchema;
  subgraphs: SubgraphSource[];
}

/** A violation of a rule. */
export interface Fault {
  coordinate: string;
  message: string;
  /** The offending subgraph, if several define the element. */
  subgraph?: string;
}

/** A lint rule. */
export interface Rule {
  /** Name, as used in acknowledgements. */
  name: string;
  /** Remedy. */
  hint: string;
  check: (linted: Linted) => Fault[];
}

import type { GraphQLSchema } from 'graphql';
import type { SubgraphSource } from '../subgraph-source.ts';

/** What a rule looks at. */
export interface Linted {
  /** What clients see: what is @inaccessible is not linted. */
  api: GraphQLSchema;
  subgraphs: SubgraphSource[];
}

/** An element of the schema that breaks a rule. */
export interface Fault {
  coordinate: string;
  message: string;
  /** The subgraph at fault, where the element is defined in several. */
  subgraph?: string;
}

/** A rule for schemas. */
export interface Rule {
  /** Its name, as acknowledgements write it. */
  name: string;
  /** What to do. */
  hint: string;
  check: (linted: Linted) => Fault[];
}

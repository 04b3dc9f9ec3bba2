/** Errors fail the check; warnings do not. */
export type Level = 'error' | 'warning';

/** Source position: path relative to the project root, line from 1. */
export interface Place {
  file: string;
  line: number;
}

/** A problem in a schema. */
export interface Finding {
  level: Level;
  /** Name of the rule, or code of the composition error. */
  rule: string;
  message: string;
  subgraph?: string;
  places: Place[];
  /** Remedy. */
  hint?: string;
}

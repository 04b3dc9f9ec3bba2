/** What a finding does to the check: an error fails it, a warning wants a look. */
export type Level = 'error' | 'warning';

/** Where something is written: a file by its path from the top of the project, and a line from 1. */
export interface Place {
  file: string;
  line: number;
}

/** Something that the check has to say of a schema. */
export interface Finding {
  level: Level;
  /** Name of the rule, or code of the composition error. */
  rule: string;
  message: string;
  subgraph?: string;
  places: Place[];
  /** What to do. */
  hint?: string;
}

/** Kind of an operation. */
export type OperationKind = 'query' | 'mutation' | 'subscription';

/**
 * One planned operation as JSON-serializable data. Running it needs neither the planner nor the schema, so the build can
 * compile it. `plan/` makes programs, `run/` runs them.
 */
export interface Program {
  kind: OperationKind;
  /** The root operation type's name. */
  root: string;
  variables: ProgramVariable[];
  /** Enums, scalars and input objects that the variables use. */
  inputTypes: Record<string, InputType>;
  fetches: ProgramFetch[];
  /** The client's selections. */
  selections: Selection[];
  /** Selections of the client's named fragments. */
  fragments: Record<string, Selection[]>;
  /** Types that the selections reach, with the selected fields. */
  types: Record<string, OutputType>;
  /** Interfaces that some subgraph defines with `@interfaceObject`: their name is not an object's runtime type. */
  interfaceObjects?: string[];
  /** The operation's introspection fields, as a separate operation. */
  introspection?: string;
  /** Fragments with `@defer`, if the program is for incremental delivery. */
  deferred?: DeferredFragment[];
}

/** A fragment whose fields are delivered after the initial response. */
export interface DeferredFragment {
  label?: string;
  /** The condition of its `if` argument; delivered with the rest if it does not hold. */
  when?: Condition[];
}

/** Any JSON value. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

export interface ProgramVariable {
  name: string;
  /** As in SDL: `[ID!]!`. */
  type: string;
  default?: Json;
  /** The name in subgraph operations, if the client's would collide. */
  sentAs?: string;
}

/** An input type, for validation. Custom scalars are validated by the subgraphs. */
export type InputType =
  | { kind: 'scalar' }
  | { kind: 'enum'; values: string[] }
  | { kind: 'input'; fields: Record<string, InputField>; oneOf?: true };

export interface InputField {
  type: string;
  /** The schema has a default value, so the field is optional. */
  hasDefault?: true;
}

/** An output type; types of fields as in SDL. */
export type OutputType =
  | { kind: 'scalar' }
  | { kind: 'enum'; values: string[] }
  | { kind: 'object'; fields: Record<string, string> }
  | { kind: 'abstract'; possible: string[]; fields: Record<string, string> };

/** Holds if the Boolean variable has this value. */
export interface Condition {
  variable: string;
  is: boolean;
}

/** A selection of the client; skipped unless all of `when` holds. */
export type Selection = FieldSelection | FragmentSelection | SpreadSelection;

export interface FieldSelection {
  /** The client's response key. */
  key: string;
  field: string;
  /** The key in subgraph data, if it differs from the field's name. */
  source?: string;
  /** Withheld from the program's viewers: answered with null and an error. */
  withheld?: true;
  when?: Condition[];
  select?: Selection[];
}

export interface FragmentSelection {
  on?: string;
  when?: Condition[];
  /** Index in the program's deferred fragments. */
  deferred?: number;
  select: Selection[];
}

export interface SpreadSelection {
  /** Name in `fragments`. */
  fragment: string;
  on: string;
  when?: Condition[];
  /** Index in the program's deferred fragments. */
  deferred?: number;
}

/** One fetch of the plan. */
export interface ProgramFetch {
  service: string;
  kind: OperationKind;
  /** Indexes of the fetches that this one depends on. */
  after: number[];
  when?: Condition[];
  /** Index of the deferred fragment that it serves. */
  deferred?: number;
  /** Number of the call; fetches with the same number share one. */
  call: number;
  /** Path in the response data that the fetch's data is merged at. */
  path: PathStep[];
  /** The operation that is sent when the fetch does not share its call. */
  operation: string;
  operationName?: string;
  /** Client variables that it uses, by their names in subgraph operations. */
  variables: string[];
  /** Set for an entity fetch; absent for a fetch of root fields. */
  entities?: EntityFetch;
  /** Response keys of a fetch of root fields. */
  keys?: string[];
  /** Response keys to rename in the subgraph's data. */
  renames?: Rename[];
}

/** A field's key; `@` for each element of a list; or a filter by type. */
export type PathStep = string | { types: string[] };

export interface EntityFetch {
  /** Fields that identify the entity to the subgraph, a fragment per type. */
  representation: RepresentationFragment[];
  /** Types with another name in the subgraph. */
  typenames?: { types: string[]; sentAs: string }[];
  /** Selection set on `_Entity`. */
  selection: string;
  /** Definitions of the variables that the selection uses, by name. */
  definitions: Record<string, string>;
  /** Directives of the operation itself. */
  directives?: string;
  /** Arguments with values from the entity's ancestors, by `@fromContext`. */
  contexts?: ContextArgument[];
}

export interface RepresentationFragment {
  /** Names of the types that it applies to. */
  types: string[];
  select: RepresentationSelection[];
}

export type RepresentationSelection =
  | { field: string; select?: RepresentationSelection[] }
  | { types: string[]; select: RepresentationSelection[] };

/** A subgraph variable with its value at a path from the entity; `..` is the parent object. */
export interface ContextArgument {
  variable: string;
  path: PathStep[];
}

export interface Rename {
  /** Path from the fetch's own data to the object; a type condition also matches objects of unknown type. */
  path: PathStep[];
  from: string;
  to: string;
}

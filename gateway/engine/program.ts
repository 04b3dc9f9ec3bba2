/**
 * One operation, planned and made ready to run: plain data that survives JSON. Whoever runs it needs no planner and no
 * schema, so that it can be made ahead of time. `plan/` makes programs, `run/` runs them.
 */
export interface Program {
  kind: 'query' | 'mutation';
  /** The root operation type's name. */
  root: string;
  variables: ProgramVariable[];
  /** Enums, scalars and input objects that the variables are made of. */
  inputTypes: Record<string, InputType>;
  fetches: ProgramFetch[];
  /** What the client selected. */
  selections: Selection[];
  /** Selections of the client's named fragments. */
  fragments: Record<string, Selection[]>;
  /** The part of the schema that the selections touch. */
  types: Record<string, OutputType>;
  /** Interfaces that some subgraph knows as one object type: what it says of an object's type is not the whole truth. */
  interfaceObjects?: string[];
  /** The part of the operation that asks for the schema itself, as an operation of its own. */
  introspection?: string;
}

/** Anything JSON can say. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

export interface ProgramVariable {
  name: string;
  /** As in SDL: `[ID!]!`. */
  type: string;
  default?: Json;
  /** The name in subgraph operations, where the client's own would clash. */
  sentAs?: string;
}

/** What an input value must be. A scalar of the schema's own is checked by the subgraphs. */
export type InputType =
  | { kind: 'scalar' }
  | { kind: 'enum'; values: string[] }
  | { kind: 'input'; fields: Record<string, InputField>; oneOf?: true };

export interface InputField {
  type: string;
  /** The field may be left out: it has a default value in the schema. */
  hasDefault?: true;
}

/** What an output type is; types of fields as in SDL. */
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

/** Part of what the client selected; left out unless all of `when` holds. */
export type Selection = FieldSelection | FragmentSelection | SpreadSelection;

export interface FieldSelection {
  /** The client's response key. */
  key: string;
  field: string;
  /** The key in the data that subgraphs gave, where it is not the field's name. */
  source?: string;
  /** The viewers that the program is for may not see it: it is null, with an error. */
  withheld?: true;
  when?: Condition[];
  select?: Selection[];
}

export interface FragmentSelection {
  on?: string;
  when?: Condition[];
  select: Selection[];
}

export interface SpreadSelection {
  /** Name in `fragments`. */
  fragment: string;
  on: string;
  when?: Condition[];
}

/** One fetch of the plan. */
export interface ProgramFetch {
  service: string;
  kind: 'query' | 'mutation';
  /** Fetches, by index, whose data this one needs. */
  after: number[];
  when?: Condition[];
  /** Fetches with the same number go to their subgraph in one call. */
  call: number;
  /** Where the data goes. */
  path: PathStep[];
  /** The operation as it is sent when the fetch goes alone. */
  operation: string;
  operationName?: string;
  /** The client's variables that it uses, by the names they are sent as. */
  variables: string[];
  /** Set if the fetch joins entities: else it asks for root fields. */
  entities?: EntityFetch;
  /** Of a fetch of root fields, their keys in the data. */
  keys?: string[];
  /** Values that the subgraph gives under another name. */
  renames?: Rename[];
}

/** A field's key; `@`, each element of a list; or only objects of these types. */
export type PathStep = string | { types: string[] };

export interface EntityFetch {
  /** What of an object identifies it to the subgraph, a fragment for each type. */
  representation: RepresentationFragment[];
  /** Types that the subgraph knows by another name. */
  typenames?: { types: string[]; sentAs: string }[];
  /** Selection set on `_Entity`. */
  selection: string;
  /** Definitions of the variables that the selection uses, by name. */
  definitions: Record<string, string>;
  /** Directives of the operation itself. */
  directives?: string;
  /** Arguments whose values come from the objects around the entity. */
  contexts?: ContextArgument[];
}

export interface RepresentationFragment {
  /** Names of the types it is for. */
  types: string[];
  select: RepresentationSelection[];
}

export type RepresentationSelection =
  | { field: string; select?: RepresentationSelection[] }
  | { types: string[]; select: RepresentationSelection[] };

/** Gives a subgraph's variable the value at a path from the entity; `..` is the object around. */
export interface ContextArgument {
  variable: string;
  path: PathStep[];
}

export interface Rename {
  /** Path to the object from the fetch's own data; a type condition holds for an object of unknown type too. */
  path: PathStep[];
  from: string;
  to: string;
}

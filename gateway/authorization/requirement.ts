/** What a viewer needs for a field or a type: alternatives in the outer list, all of an inner one together. */
export type Requirement =
  | { kind: 'authenticated' }
  | { kind: 'scopes'; anyOf: string[][] }
  | { kind: 'policies'; anyOf: string[][] };

/** Requirements by schema coordinate: `Type` or `Type.field`; all of a coordinate must be met. */
export type Requirements = ReadonlyMap<string, Requirement[]>;

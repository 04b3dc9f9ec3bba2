/** Access requirement of a field or a type. `anyOf` holds alternatives; all names of an alternative are required. */
export type Requirement =
  | { kind: 'authenticated' }
  | { kind: 'scopes'; anyOf: string[][] }
  | { kind: 'policies'; anyOf: string[][] };

/** Requirements by schema coordinate, `Type` or `Type.field`; all of them must be satisfied. */
export type Requirements = ReadonlyMap<string, Requirement[]>;

/** What a change of the API means for a client that was written before it. */
export type Risk = 'breaking' | 'dangerous' | 'safe';

/** One difference between two schemas. */
export interface Change {
  risk: Risk;
  /** Kind of the change, such as `FIELD_REMOVED`. */
  type: string;
  /** What has changed: `Type`, `Type.field` or `Type.field.argument`. */
  path: string;
  message: string;
  reason?: string;
  /** Whether a type has only gained or lost a `!`. */
  onlyNullability: boolean;
}

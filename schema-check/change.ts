/** Effect of an API change on existing clients. */
export type Risk = 'breaking' | 'dangerous' | 'safe';

/** A difference between two schemas. */
export interface Change {
  risk: Risk;
  /** Kind of the change, such as `FIELD_REMOVED`. */
  type: string;
  /** Schema coordinate: `Type`, `Type.field` or `Type.field.argument`. */
  path: string;
  message: string;
  reason?: string;
  /** Whether only nullability has changed. */
  onlyNullability: boolean;
}

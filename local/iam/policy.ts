/** A statement of an IAM policy, https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html */
export interface PolicyStatement {
  Effect: 'Allow' | 'Deny';
  Action?: string | string[];
  Resource?: string | string[];
  Condition?: Record<string, unknown>;
}

/**
 * Whether the statements allow an action on a resource: one that denies wins. A statement with an element that is not
 * read here (a condition, NotAction, NotResource) allows nothing.
 */
export function isAllowed(statements: PolicyStatement[], action: string, resource: string): boolean {
  const effects = statements.filter((statement) => applies(statement, action, resource)).map(({ Effect }) => Effect);
  return effects.includes('Allow') && !effects.includes('Deny');
}

function applies({ Action, Resource, Condition, Effect }: PolicyStatement, action: string, resource: string): boolean {
  if (Condition && Effect === 'Allow') return false;
  return matchesAny(Action, action.toLowerCase(), (pattern) => pattern.toLowerCase()) && matchesAny(Resource, resource);
}

function matchesAny(
  patterns: string | string[] | undefined,
  text: string,
  prepared = (pattern: string) => pattern,
): boolean {
  return [patterns ?? []].flat().some((pattern) => toRegExp(prepared(pattern)).test(text));
}

const compiled = new Map<string, RegExp>();

/** `*` stands for any characters, `?` for one. */
function toRegExp(pattern: string): RegExp {
  const known = compiled.get(pattern);
  if (known) return known;
  const escaped = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  const made = new RegExp(`^${escaped}$`, 's');
  compiled.set(pattern, made);
  return made;
}

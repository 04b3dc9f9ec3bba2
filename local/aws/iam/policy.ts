import { matchesWildcard } from './wildcard.ts';

/** Statement of an IAM policy, https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html */
export interface PolicyStatement {
  Effect: 'Allow' | 'Deny';
  Action?: string | string[];
  Resource?: string | string[];
  Condition?: Record<string, unknown>;
}

/**
 * Returns whether statements allow an action on a resource. An explicit deny wins. A statement with an unsupported element
 * (Condition, NotAction, NotResource) allows nothing.
 */
export function isAllowed(statements: PolicyStatement[], action: string, resource: string): boolean {
  const effects = statements.filter((statement) => applies(statement, action, resource)).map(({ Effect }) => Effect);
  return effects.includes('Allow') && !effects.includes('Deny');
}

function applies({ Action, Resource, Condition, Effect }: PolicyStatement, action: string, resource: string): boolean {
  if (Condition && Effect === 'Allow') return false;
  return (
    asList(Action).some((pattern) => matchesWildcard(pattern, action, { ignoreCase: true })) &&
    asList(Resource).some((pattern) => matchesWildcard(pattern, resource))
  );
}

function asList(patterns: string | string[] | undefined): string[] {
  return [patterns ?? []].flat();
}

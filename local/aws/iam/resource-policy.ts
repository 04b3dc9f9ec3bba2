import { matchesWildcard } from './wildcard.ts';

/** A statement of a policy that a resource has itself: of a function or a queue. */
export interface ResourceStatement {
  Effect: 'Allow' | 'Deny';
  Action: string | string[];
  Principal?: '*' | Record<string, string | string[]>;
  Resource?: string | string[];
  Condition?: Record<string, Record<string, string | string[]>>;
}

/** What an AWS service does with a resource, and on whose behalf. */
export interface ServiceAccess {
  /** Such as `events.amazonaws.com`. */
  service: string;
  action: string;
  /** ARN of what makes the service act, such as a rule. */
  sourceArn: string;
}

/**
 * Whether a resource's own policy lets an AWS service act on it. The one condition that is read is that on the source's
 * ARN: a statement with another one allows nothing, and denies nothing, as services come over TLS.
 */
export function isServiceAllowed(statements: ResourceStatement[], access: ServiceAccess): boolean {
  const effects = statements.filter((statement) => applies(statement, access)).map(({ Effect }) => Effect);
  return effects.includes('Allow') && !effects.includes('Deny');
}

function applies({ Action, Principal, Condition = {} }: ResourceStatement, access: ServiceAccess): boolean {
  return (
    isOneOf(Action, access.action) &&
    (Principal === '*' || isOneOf(Principal?.Service ?? Principal?.AWS ?? [], access.service)) &&
    Object.entries(Condition).every(([operator, test]) => isMet(operator, test, access.sourceArn))
  );
}

function isMet(operator: string, test: Record<string, string | string[]>, sourceArn: string): boolean {
  const [[key = '', expected = []] = [], ...others] = Object.entries(test);
  const reads = /^(Arn|String)(Equals|Like)$/.test(operator) && key.toLowerCase() === 'aws:sourcearn';
  return reads && others.length === 0 && isOneOf(expected, sourceArn);
}

function isOneOf(patterns: string | string[], text: string): boolean {
  return [patterns].flat().some((pattern) => matchesWildcard(pattern, text, { ignoreCase: true }));
}

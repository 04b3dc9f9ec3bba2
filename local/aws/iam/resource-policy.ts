import { matchesWildcard } from './wildcard.ts';

/** Statement of the resource-based policy of a function or queue. */
export interface ResourceStatement {
  Effect: 'Allow' | 'Deny';
  Action: string | string[];
  Principal?: '*' | Record<string, string | string[]>;
  Resource?: string | string[];
  Condition?: Record<string, Record<string, string | string[]>>;
}

/** An AWS service's access to a resource. */
export interface ServiceAccess {
  /** Service principal, such as `events.amazonaws.com`. */
  service: string;
  action: string;
  /** ARN of the resource that the service acts for, such as a rule. */
  sourceArn: string;
}

/**
 * Returns whether a resource's policy allows an AWS service's access. `aws:SourceArn` is the only supported condition. A
 * statement with another one never applies: the usual one denies calls without TLS, and services use TLS.
 */
export function isServiceAllowed(statements: ResourceStatement[], access: ServiceAccess): boolean {
  const effects = statements.filter((statement) => applies(statement, access)).map(({ Effect }) => Effect);
  return effects.includes('Allow') && !effects.includes('Deny');
}

function applies({ Action, Principal, Condition = {} }: ResourceStatement, access: ServiceAccess): boolean {
  return (
    isOneOf(Action, access.action) &&
    (Principal === '*' || isOneOf(Principal?.Service ?? Principal?.AWS ?? [], access.service)) &&
    Object.entries(Condition).every(([operator, test]) => holds(operator, test, access.sourceArn))
  );
}

function holds(operator: string, test: Record<string, string | string[]>, sourceArn: string): boolean {
  const [[key = '', expected = []] = [], ...others] = Object.entries(test);
  const isSupported = /^(Arn|String)(Equals|Like)$/.test(operator) && key.toLowerCase() === 'aws:sourcearn';
  return isSupported && others.length === 0 && isOneOf(expected, sourceArn);
}

function isOneOf(patterns: string | string[], text: string): boolean {
  return [patterns].flat().some((pattern) => matchesWildcard(pattern, text, { ignoreCase: true }));
}

import { usageReportingSignature } from '@apollo/utils.usagereporting';
import type { DocumentNode } from 'graphql';

/** What was asked for that could not be run: Studio counts these together. */
export const UNREADABLE_KEYS = {
  unparsed: '## GraphQLParseFailure\n',
  invalid: '## GraphQLValidationFailure\n',
  unknownName: '## GraphQLUnknownOperationName\n',
};

/** What Studio knows an operation by: its name, and its text without literals, aliases and order. */
export function usageKey(document: DocumentNode, operationName: string | null | undefined): string {
  return `# ${operationName || '-'}\n${usageReportingSignature(document, operationName ?? '')}`;
}

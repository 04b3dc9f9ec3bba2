import { usageReportingSignature } from '@apollo/utils.usagereporting';
import type { DocumentNode } from 'graphql';

/** What Studio knows an operation by: its name, and its text without literals, aliases and order. */
export function usageKey(document: DocumentNode, operationName: string | null | undefined): string {
  return `# ${operationName || '-'}\n${usageReportingSignature(document, operationName ?? '')}`;
}

import { usageReportingSignature } from '@apollo/utils.usagereporting';
import type { DocumentNode } from 'graphql';

/** Returns Studio's key of an operation: its name and signature, normalized text without literals and aliases. */
export function usageKey(document: DocumentNode, operationName: string | null | undefined): string {
  return `# ${operationName || '-'}\n${usageReportingSignature(document, operationName ?? '')}`;
}

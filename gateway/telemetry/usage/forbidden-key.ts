import { GraphQLError, getOperationAST } from 'graphql';
import type { Limits } from '../../limits/limits.ts';
import { readDocument } from '../../operations/read-document.ts';
import { UNREADABLE_KEYS } from './unreadable-keys.ts';
import { usageKey } from './usage-key.ts';

/** Returns Studio's key of a text that the safelist has rejected without reading it; undefined if it is too large. */
export function forbiddenKey(text: string, operationName: string | undefined, limits: Limits): string | undefined {
  try {
    const document = readDocument(text, limits);
    const operation = getOperationAST(document, operationName);
    if (!operation) return UNREADABLE_KEYS.OPERATION_RESOLUTION_FAILURE;
    return usageKey(document, operation.name?.value);
  } catch (error) {
    return error instanceof GraphQLError ? UNREADABLE_KEYS[String(error.extensions.code)] : undefined;
  }
}

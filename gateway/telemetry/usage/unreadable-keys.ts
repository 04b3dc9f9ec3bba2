/** Keys under which Studio counts requests whose operation could not be run, by the code of their error. */
export const UNREADABLE_KEYS: Readonly<Record<string, string | undefined>> = {
  GRAPHQL_PARSE_FAILED: '## GraphQLParseFailure\n',
  GRAPHQL_VALIDATION_FAILED: '## GraphQLValidationFailure\n',
  OPERATION_RESOLUTION_FAILURE: '## GraphQLUnknownOperationName\n',
};

/** Studio's keys of requests without a valid operation, by error code. */
export const UNREADABLE_KEYS: Readonly<Record<string, string | undefined>> = {
  GRAPHQL_PARSE_FAILED: '## GraphQLParseFailure\n',
  GRAPHQL_VALIDATION_FAILED: '## GraphQLValidationFailure\n',
  OPERATION_RESOLUTION_FAILURE: '## GraphQLUnknownOperationName\n',
};

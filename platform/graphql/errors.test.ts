import { GraphQLError } from 'graphql';
import { maskErrors } from './errors.ts';

const logged: object[] = [];
const mask = maskErrors({
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: (...line: unknown[]) => void logged.push(line),
});
const masked = (error: GraphQLError) => mask(error.toJSON(), error);

test('a message is truncated to 1,000 characters', () => {
  const error = new GraphQLError(`Int cannot represent "${'9'.repeat(90_000)}"`, {
    extensions: { code: 'BAD_USER_INPUT' },
  });
  expect(masked(error).message).toHaveLength(1_001);
});

test('the HTTP status is removed from the extensions', () => {
  const error = new GraphQLError('No.', { extensions: { code: 'FORBIDDEN', http: { status: 403 } } });
  expect(masked(error)).toEqual({ message: 'No.', extensions: { code: 'FORBIDDEN' } });
});

test('an unexpected error is masked, and its id is logged', () => {
  const { message, extensions } = masked(new GraphQLError('The table "secret" is gone'));
  expect(message).toBe('Internal server error');
  expect(JSON.stringify(logged)).toContain(String(extensions?.errorId));
});

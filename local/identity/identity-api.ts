import * as z from 'zod/mini';
import type { Identity } from './identity.ts';

/** Path of the issuer; the `iss` claim ends with it. */
export const IDENTITY_PATH = '/identity';

const DEFAULT_FIRST = 20;

const MUST_BE_EMAIL = 'must be an e-mail address';
const email = z.pipe(
  z.string(MUST_BE_EMAIL).check(z.regex(/^[^\s@]+@[^\s@]+$/, MUST_BE_EMAIL)),
  z.transform((text: string) => text.toLowerCase()),
);
const text = z.string('must be text').check(z.minLength(1, 'must not be empty'));
const groups = z.array(text, 'must be a list');
const tokenRequest = z.object({ email, scope: z.optional(text), groups: z.optional(groups) }, 'must be a JSON object');
const newUser = z.object({ id: text, email, name: text, groups: z._default(groups, []) }, 'must be a JSON object');
const newUsers = z.array(newUser, 'must be a JSON list of users');
const MUST_BE_COUNT = 'must be a whole number from 1 to 1000';
const page = z.object({
  first: z.coerce
    .number(MUST_BE_COUNT)
    .check(z.int(MUST_BE_COUNT), z.gte(1, MUST_BE_COUNT), z.lte(1_000, MUST_BE_COUNT)),
});

/** Status and JSON body of a response. */
export interface IdentityResponse {
  status: number;
  body: unknown;
}

interface IdentityRequest {
  identity: Identity;
  url: URL;
  body: string;
}

const ROUTES: Record<string, (request: IdentityRequest) => IdentityResponse | Promise<IdentityResponse>> = {
  'GET /.well-known/jwks.json': ({ identity }) => ok(identity.keySet()),
  'GET /.well-known/openid-configuration': ({ identity }) => ok(identity.configuration()),
  'GET /users': ({ identity, url }) =>
    withInput(page, { first: url.searchParams.get('first') ?? DEFAULT_FIRST }, ({ first }) => identity.users(first)),
  'POST /users': ({ identity, body }) =>
    withInput(newUsers, parseJson(body), (users) => {
      identity.register(users);
      return { registered: users.length };
    }),
  'POST /token': ({ identity, body }) =>
    withInput(tokenRequest, parseJson(body), ({ email, ...options }) => identity.token(email, options)),
};

/** Handles a request to the issuer, with a JSON body; undefined if the route is unknown. */
export async function handleIdentityRequest(
  identity: Identity,
  method: string,
  url: URL,
  body: string,
): Promise<IdentityResponse | undefined> {
  const handler = ROUTES[`${method} ${url.pathname.slice(IDENTITY_PATH.length)}`];
  return handler?.({ identity, url, body });
}

function ok(body: unknown): IdentityResponse {
  return { status: 200, body };
}

async function withInput<T extends z.ZodMiniType>(
  schema: T,
  input: unknown,
  use: (input: z.output<T>) => unknown,
): Promise<IdentityResponse> {
  const result = schema.safeParse(input);
  if (result.success) return ok(await use(result.data));
  const [issue] = result.error.issues;
  return { status: 400, body: { message: `${issue?.path.join('.') || 'The body'}: ${issue?.message}` } };
}

/** Returns undefined, which every schema rejects, if the body is not JSON. */
function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

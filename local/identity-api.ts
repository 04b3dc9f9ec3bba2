import { z } from 'zod/mini';
import type { Identity } from './identity.ts';

/** Where the issuer answers; the `iss` claim ends with it. */
export const IDENTITY_PATH = '/identity';

const email = z.string().check(z.regex(/^[^\s@]+@[^\s@]+$/, 'must be an e-mail address'));
const tokenRequest = z.object({ email, scope: z.optional(z.string()) });
const users = z.array(z.object({ id: z.string(), email, name: z.string(), groups: z.array(z.string()) }));

interface Answer {
  status: number;
  body: unknown;
}

/** Answers the issuer's calls, JSON in and out; undefined for a path that is not its own. */
export async function answerIdentity(
  identity: Identity,
  method: string,
  url: URL,
  body: string,
): Promise<Answer | undefined> {
  const calls: Record<string, () => Answer | Promise<Answer>> = {
    'GET /identity/.well-known/jwks.json': () => ({ status: 200, body: identity.keySet() }),
    'GET /identity/users': () => ({ status: 200, body: identity.users(Number(url.searchParams.get('first') ?? 20)) }),
    'POST /identity/users': () =>
      withInput(users, body, (list) => {
        identity.register(list);
        return { registered: list.length };
      }),
    'POST /identity/token': () =>
      withInput(tokenRequest, body, async (request) => ({ token: await identity.token(request.email, request.scope) })),
  };
  return calls[`${method} ${url.pathname}`]?.();
}

async function withInput<T>(schema: z.ZodMiniType<T>, body: string, use: (input: T) => unknown): Promise<Answer> {
  const parsed = schema.safeParse(parsedJson(body));
  if (parsed.success) return { status: 200, body: await use(parsed.data) };
  const [issue] = parsed.error.issues;
  return { status: 400, body: { message: `${issue?.path.join('.') || 'The body'}: ${issue?.message}` } };
}

function parsedJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

import { GraphQLError } from 'graphql/error/index.js';
import type { JWTPayload, JWTVerifyGetKey } from 'jose';
import type { Viewer } from '#platform/graphql/viewer.ts';

export interface TokenRules {
  /** The `iss` claim; the keys are at its `/.well-known/jwks.json`. */
  issuer: string;
  /** The `aud` claim, or the `client_id` that Cognito's access tokens have in its place. */
  audience: string;
  /** Milliseconds after a fetch of the keys in which a token with an unknown key does not cause another: 30 seconds. */
  keyCooldown?: number;
}

const ALGORITHMS = ['RS256', 'ES256'];

/**
 * Makes the check of a request's Authorization header. No header: nobody. A token that does not verify: 401. Keys that
 * cannot be had: 503, since the client is not at fault.
 */
export function viewerFromToken({ issuer, audience, keyCooldown = 30_000 }: TokenRules) {
  let keys: JWTVerifyGetKey | undefined;

  return async (authorization: string | undefined): Promise<Viewer | undefined> => {
    if (!authorization) return undefined;
    const [, token] = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization.trim()) ?? [];
    if (!token) throw unauthenticated('The Authorization header must be "Bearer" and a token.');
    // Loading it takes longer than answering somebody without a token.
    const { createRemoteJWKSet, errors, jwtVerify } = await import('jose');
    keys ??= createRemoteJWKSet(new URL(`${issuer}/.well-known/jwks.json`), {
      timeoutDuration: 3_000,
      cooldownDuration: keyCooldown,
    });
    const known = keys;
    const isAboutKeys = (error: unknown) => !(error instanceof errors.JOSEError) || ABOUT_KEYS.has(error.code);
    const verified = () => jwtVerify(token, known, { issuer, algorithms: ALGORITHMS, requiredClaims: ['sub', 'exp'] });
    try {
      // A connection may have gone while the function was frozen: keys that did not come are asked for once more.
      const { payload } = await verified().catch((error) => (isAboutKeys(error) ? verified() : Promise.reject(error)));
      if (![payload.aud, payload.client_id].flat().includes(audience)) throw new errors.JWTInvalid('audience');
      return viewerOf(payload);
    } catch (error) {
      throw isAboutKeys(error) ? unavailable() : unauthenticated('The token is not valid: sign in again.');
    }
  };
}

function viewerOf(payload: JWTPayload): Viewer {
  const { sub = '', email, name, scope, scp } = payload;
  const groups = payload['cognito:groups'];
  return {
    id: sub,
    ...(typeof email === 'string' && { email }),
    ...(typeof name === 'string' && { name }),
    groups: Array.isArray(groups) ? groups.filter((group) => typeof group === 'string') : [],
    scopes: [...new Set([...scopesIn(scope), ...scopesIn(scp)])],
  };
}

/** Scopes of a claim: separated by spaces (https://www.rfc-editor.org/rfc/rfc8693#section-4.2), or a list as some issuers write. */
function scopesIn(claim: unknown): string[] {
  const texts = [claim].flat().filter((each) => typeof each === 'string');
  return texts.flatMap((text) => text.split(' ')).filter(Boolean);
}

/** Of jose's errors, those that say the token is bad have a code of their own; the rest is about fetching the keys. */
const ABOUT_KEYS = new Set(['ERR_JOSE_GENERIC', 'ERR_JWKS_TIMEOUT', 'ERR_JWKS_INVALID']);

function unauthenticated(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'UNAUTHENTICATED', http: { status: 401 } } });
}

function unavailable(): GraphQLError {
  return new GraphQLError('Tokens cannot be checked at the moment: try again.', {
    extensions: { code: 'AUTHENTICATION_UNAVAILABLE', http: { status: 503 } },
  });
}

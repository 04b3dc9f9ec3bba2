import { GraphQLError } from 'graphql/error/index.js';
import type { JWTPayload, JWTVerifyGetKey } from 'jose';
import type { Viewer } from '#platform/graphql/viewer.ts';

export interface TokenRules {
  /** Expected `iss` claim; its `/.well-known/jwks.json` has the keys. */
  issuer: string;
  /** Expected `aud` claim, or `client_id` in Cognito's access tokens. */
  audience: string;
  /** Milliseconds before an unknown key id may cause another fetch of the keys; 30 seconds by default. */
  keyCooldown?: number;
}

const ALGORITHMS = ['RS256', 'ES256'];

/** What a valid token says. */
export interface VerifiedToken {
  viewer: Viewer;
  /** Epoch seconds. */
  expiresAt: number;
}

/** Verifies an Authorization header; returns undefined without one. */
export type VerifyToken = (authorization: string | undefined) => Promise<VerifiedToken | undefined>;

/**
 * Returns a verifier of Authorization headers. It throws a GraphQLError with status 401 if the token is not valid, or 503 if the
 * issuer's keys are unavailable.
 */
export function tokenVerifier({ issuer, audience, keyCooldown = 30_000 }: TokenRules): VerifyToken {
  let keys: JWTVerifyGetKey | undefined;

  return async (authorization) => {
    if (!authorization) return undefined;
    const [, token] = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization.trim()) ?? [];
    if (!token) throw unauthenticated('The Authorization header must be "Bearer" followed by a token.');
    // Loaded on demand: slower than answering an anonymous request.
    const { createRemoteJWKSet, errors, jwtVerify } = await import('jose');
    keys ??= createRemoteJWKSet(new URL(`${issuer}/.well-known/jwks.json`), {
      timeoutDuration: 3_000,
      cooldownDuration: keyCooldown,
    });
    const keySet = keys;
    const isKeyFailure = (error: unknown) => !(error instanceof errors.JOSEError) || KEY_FAILURES.has(error.code);
    const verify = () => jwtVerify(token, keySet, { issuer, algorithms: ALGORITHMS, requiredClaims: ['sub', 'exp'] });
    try {
      // Retried once: the connection to the issuer may have closed while the function was frozen.
      const { payload } = await verify().catch((error) => (isKeyFailure(error) ? verify() : Promise.reject(error)));
      if (![payload.aud, payload.client_id].flat().includes(audience)) throw new errors.JWTInvalid('audience');
      return { viewer: viewerOf(payload), expiresAt: payload.exp ?? 0 };
    } catch (error) {
      throw isKeyFailure(error) ? unavailable() : unauthenticated('The token is not valid. Sign in again.');
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

/** Returns the scopes of a claim: space-separated (https://www.rfc-editor.org/rfc/rfc8693#section-4.2), or a list as some issuers send. */
function scopesIn(claim: unknown): string[] {
  const texts = [claim].flat().filter((each) => typeof each === 'string');
  return texts.flatMap((text) => text.split(' ')).filter(Boolean);
}

/** Codes of jose's errors that come from fetching keys; all others mean an invalid token. */
const KEY_FAILURES = new Set(['ERR_JOSE_GENERIC', 'ERR_JWKS_TIMEOUT', 'ERR_JWKS_INVALID']);

function unauthenticated(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'UNAUTHENTICATED', http: { status: 401 } } });
}

function unavailable(): GraphQLError {
  return new GraphQLError('Tokens cannot be verified at the moment. Try again.', {
    extensions: { code: 'AUTHENTICATION_UNAVAILABLE', http: { status: 503 } },
  });
}

import { createHash } from 'node:crypto';
import { exportJWK, generateKeyPair, importJWK, type JWK, SignJWT } from 'jose';
import { IdentityFile, type IdentityUser } from './identity-file.ts';

export interface IdentityOptions {
  /** File of the signing key and the users, readable by its owner only. */
  file: string;
  /** The `iss` claim: the issuer's URL. */
  issuer: string;
  /** The `aud` claim: the client id. */
  audience: string;
}

/** Optional claims of a token. */
export interface TokenOptions {
  /** Separated by spaces. */
  scope?: string | undefined;
  /** Defaults to the user's groups. */
  groups?: string[] | undefined;
}

export interface IssuedToken {
  /** A signed JWT with the claims of a Cognito ID token. */
  token: string;
  /** ISO 8601. */
  expiresAt: string;
}

const LIFETIME_SECONDS = 12 * 60 * 60;
const ALGORITHM = 'ES256';
const KEY_ID = 'local';

/** Local token issuer, in place of a Cognito user pool. It has no passwords and issues a token for any e-mail address. */
export class Identity {
  readonly #options: IdentityOptions;
  readonly #file: IdentityFile;
  readonly #privateKey: JWK;
  readonly #users: Map<string, IdentityUser>;

  private constructor(options: IdentityOptions, file: IdentityFile, privateKey: JWK) {
    this.#options = options;
    this.#file = file;
    this.#privateKey = privateKey;
    this.#users = new Map(file.users.map((user) => [user.email, user]));
  }

  /** Opens an issuer with the key and users of an earlier run, or with a new key and no users. */
  static async open(options: IdentityOptions): Promise<Identity> {
    const file = await IdentityFile.open(options.file, async () => {
      const { privateKey } = await generateKeyPair(ALGORITHM, { extractable: true });
      return exportJWK(privateKey);
    });
    return new Identity(options, file, file.privateKey);
  }

  /** Returns the public keys, https://www.rfc-editor.org/rfc/rfc7517#section-5 */
  keySet(): { keys: JWK[] } {
    const { d: _, ...publicKey } = this.#privateKey;
    return { keys: [{ ...publicKey, alg: ALGORITHM, use: 'sig', kid: KEY_ID }] };
  }

  /** Returns the OpenID provider metadata, https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderMetadata */
  configuration() {
    const { issuer } = this.#options;
    return {
      issuer,
      jwks_uri: `${issuer}/.well-known/jwks.json`,
      token_endpoint: `${issuer}/token`,
      id_token_signing_alg_values_supported: [ALGORITHM],
      response_types_supported: ['id_token'],
      subject_types_supported: ['public'],
    };
  }

  /** Adds users, or replaces those with the same e-mail address. */
  register(users: IdentityUser[]): void {
    this.#file.append(users);
    for (const user of users) this.#users.set(user.email, user);
  }

  /** Returns the first users in order of registration. */
  users(first: number): IdentityUser[] {
    return [...this.#users.values()].slice(0, first);
  }

  /** Issues a token for an e-mail address; an unknown address gets a new user, the same at each call. */
  async token(email: string, { scope, groups }: TokenOptions = {}): Promise<IssuedToken> {
    const user = this.#users.get(email) ?? newUser(email);
    const issuedAt = Math.floor(Date.now() / 1_000);
    const expiresAt = issuedAt + LIFETIME_SECONDS;
    const claims = { email, name: user.name, 'cognito:groups': groups ?? user.groups, token_use: 'id' };
    const token = await new SignJWT({ ...claims, ...(scope && { scope }) })
      .setProtectedHeader({ alg: ALGORITHM, kid: KEY_ID })
      .setSubject(user.id)
      .setIssuer(this.#options.issuer)
      .setAudience(this.#options.audience)
      .setIssuedAt(issuedAt)
      .setExpirationTime(expiresAt)
      .sign(await importJWK(this.#privateKey, ALGORITHM));
    return { token, expiresAt: new Date(expiresAt * 1_000).toISOString() };
  }
}

/** Returns a user whose id is a UUID, like Cognito's, derived from the e-mail address. */
function newUser(email: string): IdentityUser {
  const hash = createHash('sha256').update(email).digest('hex');
  const id = `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-a${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
  return { id, email, name: email.split('@')[0] ?? email, groups: [] };
}

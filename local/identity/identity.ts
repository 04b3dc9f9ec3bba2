import { createHash } from 'node:crypto';
import { exportJWK, generateKeyPair, importJWK, type JWK, SignJWT } from 'jose';
import { IdentityFile, type IdentityUser } from './identity-file.ts';

export interface IdentityOptions {
  /** Keeps the signing key and the users between runs; its owner alone may read it. */
  file: string;
  /** The `iss` claim: the address that the issuer answers at. */
  issuer: string;
  /** The `aud` claim: the id of the client. */
  audience: string;
}

/** What a token may say beyond who the user is. */
export interface TokenOptions {
  /** Separated by spaces. */
  scope?: string | undefined;
  /** In place of the user's own groups. */
  groups?: string[] | undefined;
}

export interface IssuedToken {
  /** A signed JWT, an ID token as Cognito's are. */
  token: string;
  /** ISO 8601. */
  expiresAt: string;
}

const LIFETIME_SECONDS = 12 * 60 * 60;
const ALGORITHM = 'ES256';
const KEY_ID = 'local';

/** The token issuer of this machine, in the place of a Cognito user pool. There are no passwords: it signs in anybody. */
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

  /** Goes on with the key and the users of an earlier run, or begins with a new key and none. */
  static async open(options: IdentityOptions): Promise<Identity> {
    const file = await IdentityFile.open(options.file, async () => {
      const { privateKey } = await generateKeyPair(ALGORITHM, { extractable: true });
      return exportJWK(privateKey);
    });
    return new Identity(options, file, file.privateKey);
  }

  /** The public keys, https://www.rfc-editor.org/rfc/rfc7517#section-5 */
  keySet(): { keys: JWK[] } {
    const { d: _, ...publicKey } = this.#privateKey;
    return { keys: [{ ...publicKey, alg: ALGORITHM, use: 'sig', kid: KEY_ID }] };
  }

  /** What a verifier needs to know, https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderMetadata */
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

  /** The first users that were registered. */
  users(first: number): IdentityUser[] {
    return [...this.#users.values()].slice(0, first);
  }

  /** A token for an e-mail address; an unknown one is a new user, the same at each call. */
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

/** Its subject is a UUID, as Cognito's are, that the e-mail address decides. */
function newUser(email: string): IdentityUser {
  const hash = createHash('sha256').update(email).digest('hex');
  const id = `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-a${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
  return { id, email, name: email.split('@')[0] ?? email, groups: [] };
}

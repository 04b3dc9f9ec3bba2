import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { exportJWK, generateKeyPair, importJWK, type JWK, SignJWT } from 'jose';

/** Someone the issuer knows. */
export interface IdentityUser {
  /** The token's subject. */
  id: string;
  email: string;
  name: string;
  groups: string[];
}

export interface IdentityOptions {
  /** JSON file that keeps the signing key and the users. */
  file: string;
  /** The `iss` claim. */
  issuer: string;
  /** The `aud` claim. */
  audience: string;
}

interface Kept {
  privateKey: JWK;
  users: IdentityUser[];
}

const LIFETIME = '12h';
const ALGORITHM = 'ES256';

/** The token issuer of this machine, in the place of a Cognito user pool. There are no passwords: it signs in anybody. */
export class Identity {
  readonly #options: IdentityOptions;
  readonly #users: Map<string, IdentityUser>;
  readonly #privateKey: JWK;

  private constructor(options: IdentityOptions, { privateKey, users }: Kept) {
    this.#options = options;
    this.#privateKey = privateKey;
    this.#users = new Map(users.map((user) => [user.email, user]));
  }

  static async open(options: IdentityOptions): Promise<Identity> {
    if (existsSync(options.file)) return new Identity(options, JSON.parse(readFileSync(options.file, 'utf8')) as Kept);
    const { privateKey } = await generateKeyPair(ALGORITHM, { extractable: true });
    const identity = new Identity(options, { privateKey: await exportJWK(privateKey), users: [] });
    identity.#save();
    return identity;
  }

  /** The public keys, https://www.rfc-editor.org/rfc/rfc7517#section-5 */
  keySet(): { keys: JWK[] } {
    const { d: _, ...publicKey } = this.#privateKey;
    return { keys: [{ ...publicKey, alg: ALGORITHM, use: 'sig', kid: 'local' }] };
  }

  /** Adds users, or replaces those with the same e-mail address. */
  register(users: IdentityUser[]): void {
    for (const user of users) this.#users.set(user.email, user);
    this.#save();
  }

  /** The first users that were registered. */
  users(first: number): IdentityUser[] {
    return [...this.#users.values()].slice(0, first);
  }

  /** A token for an e-mail address; an unknown one is a new user, the same at each call. */
  async token(email: string, scope?: string): Promise<string> {
    const { id, name, groups } = this.#users.get(email) ?? newUser(email);
    return new SignJWT({ email, name, 'cognito:groups': groups, token_use: 'id', ...(scope && { scope }) })
      .setProtectedHeader({ alg: ALGORITHM, kid: 'local' })
      .setSubject(id)
      .setIssuer(this.#options.issuer)
      .setAudience(this.#options.audience)
      .setIssuedAt()
      .setExpirationTime(LIFETIME)
      .sign(await importJWK(this.#privateKey, ALGORITHM));
  }

  #save(): void {
    const kept: Kept = { privateKey: this.#privateKey, users: [...this.#users.values()] };
    writeFileSync(this.#options.file, JSON.stringify(kept), { mode: 0o600 });
  }
}

function newUser(email: string): IdentityUser {
  const id = createHash('sha256').update(email).digest('hex').slice(0, 32);
  return { id, email, name: email.split('@')[0] ?? email, groups: [] };
}

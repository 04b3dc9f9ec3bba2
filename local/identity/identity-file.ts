import { appendFileSync, existsSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import type { JWK } from 'jose';

/** A user of the issuer. */
export interface IdentityUser {
  /** Subject of the user's tokens. */
  id: string;
  email: string;
  name: string;
  groups: string[];
}

/**
 * The issuer's file of JSON lines: the signing key, then one user per line. It is append-only, so that adding a user costs the
 * same for any number of users, and a killed process loses at most the line that it was writing.
 */
export class IdentityFile {
  readonly privateKey: JWK;
  /** In order of registration; a later user replaces an earlier one with the same e-mail address. */
  readonly users: IdentityUser[];
  readonly #path: string;

  private constructor(path: string, privateKey: JWK, users: IdentityUser[]) {
    this.#path = path;
    this.privateKey = privateKey;
    this.users = users;
  }

  /** Reads the file, or creates one that only its owner may read. */
  static async open(path: string, newKey: () => Promise<JWK>): Promise<IdentityFile> {
    const [first, ...others] = existsSync(path) ? linesOf(path) : [];
    if (isKeyLine(first)) return new IdentityFile(path, first.privateKey, others as IdentityUser[]);
    const privateKey = await newKey();
    writeFileSync(path, `${JSON.stringify({ privateKey })}\n`, { mode: 0o600 });
    return new IdentityFile(path, privateKey, []);
  }

  append(users: IdentityUser[]): void {
    appendFileSync(this.#path, users.map((user) => `${JSON.stringify(user)}\n`).join(''));
  }
}

/** Returns the lines of the file; truncates an incomplete last line, so that the next one starts on its own. */
function linesOf(path: string): unknown[] {
  const content = readFileSync(path);
  const end = content.lastIndexOf('\n') + 1;
  truncateSync(path, end);
  return content
    .toString('utf8', 0, end)
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

function isKeyLine(line: unknown): line is { privateKey: JWK } {
  return typeof line === 'object' && line !== null && 'privateKey' in line;
}

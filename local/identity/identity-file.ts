import { appendFileSync, existsSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import type { JWK } from 'jose';

/** Someone the issuer knows. */
export interface IdentityUser {
  /** The token's subject. */
  id: string;
  email: string;
  name: string;
  groups: string[];
}

/**
 * The issuer's file: a line with the signing key, then a line for each user, JSON both. Lines are only ever added, so that
 * many users cost no more each than few, and a process that is killed loses no more than the line it was writing.
 */
export class IdentityFile {
  readonly privateKey: JWK;
  /** In order of registration; a later one replaces an earlier one with the same e-mail address. */
  readonly users: IdentityUser[];
  readonly #path: string;

  private constructor(path: string, privateKey: JWK, users: IdentityUser[]) {
    this.#path = path;
    this.privateKey = privateKey;
    this.users = users;
  }

  /** Reads the file, or writes a new one that only its owner may read. */
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

/** The lines of the file; what was written of a last one that is not whole goes, so that the next has its own line. */
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

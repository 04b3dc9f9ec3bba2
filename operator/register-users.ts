import type { Connection } from './connection.ts';

/** Makes users known to the local token issuer, so that a token for their e-mail address is theirs. */
export async function registerUsers(
  { url }: Connection,
  users: { id: string; email: string; name: string; groups: string[] }[],
): Promise<void> {
  if (users.length === 0) return;
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`${url}/identity/users`, { method: 'POST', headers, body: JSON.stringify(users) });
  if (!response.ok) throw new Error(`The token issuer refused the users: ${await response.text()}`);
}

import type { Connection } from './connection.ts';

/** Registers users with the local token issuer, so that it issues tokens for their e-mail addresses. */
export async function registerUsers(
  { url }: Connection,
  users: { id: string; email: string; name: string; groups: string[] }[],
): Promise<void> {
  if (users.length === 0) return;
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`${url}/identity/users`, { method: 'POST', headers, body: JSON.stringify(users) });
  if (!response.ok) throw new Error(`The token issuer rejected the users: ${await response.text()}`);
}

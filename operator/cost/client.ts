/** A response without errors. */
export interface Answer {
  data: Record<string, unknown>;
  /** Bytes. */
  request: number;
  response: number;
}

/** Sends an operation; throws the message of its first error. */
export async function ask(
  url: string,
  query: string,
  variables: Record<string, unknown>,
  token: string | undefined,
): Promise<Answer> {
  const body = JSON.stringify({ query, variables });
  const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) };
  const response = await fetch(`${url}/graphql`, { method: 'POST', headers, body });
  const text = await response.text();
  const { data, errors } = JSON.parse(text) as Partial<Answer> & { errors?: { message: string }[] };
  if (errors?.[0] || !data) throw new Error(errors?.[0]?.message ?? `The response has status ${response.status}.`);
  return { data, request: Buffer.byteLength(body), response: Buffer.byteLength(text) };
}

/** Returns a token of the local issuer for an e-mail address. */
export async function tokenOf(url: string, email: string): Promise<string> {
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ email });
  const response = await fetch(`${url}/identity/token`, { method: 'POST', headers, body });
  if (!response.ok) throw new Error(`There is no token for ${email}: ${await response.text()}`);
  return ((await response.json()) as { token: string }).token;
}

import { BOOKS, USERS } from './data.ts';

const JSON_TYPE = { 'content-type': 'application/json' };

/** Adds members and books to a running system over HTTP. Each run adds the books again. */
export async function seed({ url }: { url: string }): Promise<void> {
  await post(`${url}/identity/users`, USERS);
  for (const { email } of USERS) {
    const { token } = (await post(`${url}/identity/token`, { email })) as { token: string };
    await ask(url, token, '{ me { id } }');
    for (const input of BOOKS.filter(({ owner }) => owner === email).map(({ owner: _, ...terms }) => terms))
      await ask(url, token, 'mutation ($input: OfferBookInput!) { offerBook(input: $input) { __typename } }', {
        input,
      });
  }
}

async function ask(url: string, token: string, query: string, variables = {}): Promise<void> {
  const answer = await post(`${url}/graphql`, { query, variables }, { authorization: `Bearer ${token}` });
  if ('errors' in answer) throw new Error(JSON.stringify(answer));
}

async function post(url: string, body: unknown, headers: Record<string, string> = {}): Promise<object> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { ...JSON_TYPE, ...headers },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${text}`);
  return text ? JSON.parse(text) : {};
}

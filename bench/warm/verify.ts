import { isDeepStrictEqual } from 'node:util';
import { PAGES } from './data.ts';
import type { Gateway } from './gateways.ts';
import { HttpClient } from './http.ts';
import { type Operation, requestBody } from './operations.ts';

/** A gateway's responses to an operation, one per page. */
export interface Answers {
  data: unknown[];
  /** Characters of each body. */
  lengths: number[];
}

/** Requests every page; throws on errors or a status other than 200. */
export async function answersOf({ name, port }: Gateway, operation: Operation): Promise<Answers> {
  const client = new HttpClient(port, 1);
  const answers: Answers = { data: [], lengths: [] };
  for (let page = 0; page < PAGES; page++) {
    const { status, body } = await client.post('/graphql', requestBody(operation, page));
    if (status !== 200) throw new Error(wrong(name, operation, page, `status ${status}: ${body.slice(0, 300)}`));
    const { data, errors } = JSON.parse(body) as { data: unknown; errors?: unknown };
    if (errors) throw new Error(wrong(name, operation, page, JSON.stringify(errors).slice(0, 300)));
    answers.data.push(data);
    answers.lengths.push(body.length);
  }
  client.close();
  return answers;
}

/** Throws if a gateway's data differ from the reference. */
export function compareAnswers(name: string, operation: Operation, answers: Answers, right: Answers): void {
  const page = answers.data.findIndex((data, i) => !isDeepStrictEqual(data, right.data[i]));
  if (page >= 0) throw new Error(wrong(name, operation, page, 'data that differ from the floor’s'));
}

function wrong(name: string, { operationName }: Operation, page: number, what: string): string {
  return `The gateway "${name}" gives a wrong answer to ${operationName}, page ${page}: ${what}`;
}

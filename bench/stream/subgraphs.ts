import { setTimeout as pause } from 'node:timers/promises';
import { onQuestion } from '../child.ts';
import { serve } from '../warm/http.ts';
import { subgraphAnswers } from '../warm/subgraph-answers.ts';
import { rowsResponse } from './rows.ts';

/** Program that serves the four subgraphs of the warm benchmark, one of them slowly, and the one of rows. */

const SLOW = '/inventory';
const SLOW_MS = 300;

const answer = subgraphAnswers();
const rows = new Map<number, Buffer>();

function rowsOf(body: string): Buffer {
  const { bytes } = JSON.parse(body).variables;
  const response = rows.get(bytes) ?? rowsResponse(bytes);
  rows.set(bytes, response);
  return response;
}

const port = await serve(0, async (path, body) => {
  if (path === '/rows') return rowsOf(body);
  if (path === SLOW) await pause(SLOW_MS);
  return answer(path, body);
});
onQuestion({ port }, async () => {});

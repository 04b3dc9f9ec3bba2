import { onQuestion } from '../child.ts';
import { serve } from './http.ts';
import { subgraphAnswers } from './subgraph-answers.ts';

/** Program that serves the four subgraphs. Reports its port when ready, and on request the number of calls since the last one. */
const answer = subgraphAnswers();
let calls = 0;

const port = await serve(0, (path, body) => {
  calls++;
  return answer(path, body);
});
onQuestion({ port }, async () => {
  const counted = calls;
  calls = 0;
  return counted;
});

import { onQuestion } from '../child.ts';
import { serve } from './http.ts';
import { subgraphAnswers } from './subgraph-answers.ts';

/** The program of the four subgraphs. It tells its port when it is ready and, when asked, the calls since the last time. */
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

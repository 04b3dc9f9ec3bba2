import { readFileSync } from 'node:fs';
import { gateway } from '../gateway.ts';
import { services } from '../library.ts';

const show = (x: unknown) => process.stderr.write(`${typeof x === 'string' ? x : JSON.stringify(x, null, 1)}\n`);
const PLAN = { 'apollo-query-plan-experimental': '1' };
test('x', async () => {
  const g = await gateway(services);
  const { query, variables } = JSON.parse(readFileSync('/tmp/wt/q.json', 'utf8'));
  const { data, errors, extensions } = await g.execute(query, variables, PLAN);
  show({ data, errors });
  show(extensions?.__queryPlanExperimental);
  for (const c of g.calls) show(JSON.stringify(c));
});

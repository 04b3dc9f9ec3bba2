import type { Program, ProgramFetch } from './engine/program.ts';
import { preWarming } from './pre-warming.ts';

function program(...fetches: [service: string, after: number[]][]): Program {
  const made = fetches.map(([service, after]) => ({ service, after }) as ProgramFetch);
  return { fetches: made } as Program;
}

test('subgraphs of later steps are pinged, each once, and those of the first step not', () => {
  const pinged: string[] = [];
  const beforeRun = preWarming((service) => pinged.push(service));
  beforeRun(program(['listings', []], ['reviews', [0]], ['accounts', [0]], ['reviews', [1]]));
  expect(pinged).toEqual(['reviews', 'accounts']);
  beforeRun(program(['bookings', []], ['listings', [0]], ['reviews', [0]], ['payments', [0]]));
  expect(pinged).toEqual(['reviews', 'accounts', 'payments']);
});

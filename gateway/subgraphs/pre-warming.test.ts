import type { Program, ProgramFetch } from '../engine/program.ts';
import { preWarming } from './pre-warming.ts';

function program(...fetches: [service: string, after: number[]][]): Program {
  const programFetches = fetches.map(([service, after]) => ({ service, after }) as ProgramFetch);
  return { fetches: programFetches } as Program;
}

test('subgraphs of later steps are pinged once, those of the first step are not', () => {
  const pinged: string[] = [];
  const beforeRun = preWarming((service) => pinged.push(service));
  beforeRun(program(['books', []], ['loans', [0]], ['members', [0]], ['loans', [1]]));
  expect(pinged).toEqual(['loans', 'members']);
  beforeRun(program(['shelves', []], ['books', [0]], ['loans', [0]], ['fees', [0]]));
  expect(pinged).toEqual(['loans', 'members', 'fees']);
});

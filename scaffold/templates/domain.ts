import { type Names, upperFirst } from '../names.ts';
import type { Plan } from '../plan.ts';

/** `<entity>.ts`: pure domain rules. */
export function domain({ entity, extended }: Plan): string {
  const { type, aThing } = entity;
  const reference = extended ? `${extended.one}Id: string;` : '';
  const terms = ["'name'", ...(extended ? [`'${extended.one}Id'`] : [])].join(' | ');
  return `import { ${extended ? 'idProblem, ' : ''}textProblem } from '#platform/graphql/text.ts';

/** ${upperFirst(aThing)} as stored by this service. */
export interface ${type} {
  id: string;
  /** The user who created it. */
  ownerId: string;
  ${reference}
  name: string;
  /** RFC 3339, UTC. */
  createdAt: string;
}

/** Input for creating ${aThing}. */
export type ${type}Terms = Pick<${type}, ${terms}>;

/** A failed validation. */
export interface BrokenRule {
  field: string;
  message: string;
}

/** Validates the input; returns the first broken rule, or undefined. */
export function brokenRule({ name${extended ? `, ${extended.one}Id` : ''} }: ${type}Terms): BrokenRule | undefined {
  const inName = textProblem(name, { label: 'A name', minLength: 1, maxLength: 100 });
  if (inName) return { field: 'name', message: inName };
  ${extended ? referenceRule(extended) : ''}
  return undefined;
}

/** Creates ${aThing} from valid input. */
export function create(terms: ${type}Terms, { id, ownerId, now }: { id: string; ownerId: string; now: Date }): ${type} {
  return { ...terms, id, ownerId, createdAt: now.toISOString() };
}
`;
}

function referenceRule({ one, aThing }: Names): string {
  return `const inId = idProblem(${one}Id, 'The id of ${aThing}');
  if (inId) return { field: '${one}Id', message: inId };`;
}

/** `<entity>.test.ts` */
export function domainTest({ entity, extended }: Plan): string {
  const { file, aThing, one } = entity;
  const reference = extended ? `, ${extended.one}Id: '${extended.one}1'` : '';
  return `import { brokenRule, create } from './${file}.ts';

const terms = { name: 'First'${reference} };

test('creates ${aThing} with its owner and time', () => {
  const created = create(terms, { id: '${one}1', ownerId: 'ada', now: new Date('2026-05-01T09:30:00Z') });
  expect(created).toEqual({ ...terms, id: '${one}1', ownerId: 'ada', createdAt: '2026-05-01T09:30:00.000Z' });
});

test.each([['', 'name'], ['  ', 'name'], ['x'.repeat(101), 'name'], ['a\\0b', 'name'], ['x', undefined], ['x'.repeat(100), undefined]])(
  'validates the name %j of ${aThing}: broken field %s',
  (name, field) => {
    expect(brokenRule({ ...terms, name })?.field).toBe(field);
  },
);
${extended ? referenceTest(aThing, extended.one) : ''}`;
}

function referenceTest(aThing: string, other: string): string {
  return `
test.each(['', 'x'.repeat(101)])('rejects the ${other}Id %j for ${aThing}', (${other}Id) => {
  expect(brokenRule({ ...terms, ${other}Id })?.field).toBe('${other}Id');
});
`;
}

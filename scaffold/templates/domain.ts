import { upperFirst } from '../names.ts';
import type { Plan } from '../plan.ts';

/** `<entity>.ts`: the rules, pure. */
export function domain({ entity, extended }: Plan): string {
  const { type, aThing } = entity;
  const reference = extended ? `${extended.one}Id: string;` : '';
  const terms = ["'name'", ...(extended ? [`'${extended.one}Id'`] : [])].join(' | ');
  return `/** ${upperFirst(aThing)}, as this service keeps it. */
export interface ${type} {
  id: string;
  /** The user who has made it. */
  ownerId: string;
  ${reference}
  name: string;
  /** RFC 3339, UTC. */
  createdAt: string;
}

/** What the one who makes ${aThing} says of it. */
export type ${type}Terms = Pick<${type}, ${terms}>;

/** The first rule that ${aThing} breaks. */
export interface BrokenRule {
  field: string;
  message: string;
}

/** The rule that the terms break, if any. */
export function brokenRule({ name }: Pick<${type}Terms, 'name'>): BrokenRule | undefined {
  if (name.trim().length < 1 || name.length > 100) return { field: 'name', message: 'A name has 1 to 100 characters.' };
  return undefined;
}

/** What makes ${aThing}. */
export function create(terms: ${type}Terms, { id, ownerId, now }: { id: string; ownerId: string; now: Date }): ${type} {
  return { ...terms, id, ownerId, createdAt: now.toISOString() };
}
`;
}

/** `<entity>.test.ts` */
export function domainTest({ entity, extended }: Plan): string {
  const { file, aThing, one } = entity;
  const reference = extended ? `, ${extended.one}Id: '${extended.one}1'` : '';
  return `import { brokenRule, create } from './${file}.ts';

test('${aThing} is made by someone, at a moment', () => {
  const made = create({ name: 'First'${reference} }, { id: '${one}1', ownerId: 'ada', now: new Date('2026-05-01T09:30:00Z') });
  expect(made).toEqual({ id: '${one}1', ownerId: 'ada'${reference}, name: 'First', createdAt: '2026-05-01T09:30:00.000Z' });
});

test.each([['', 'name'], ['  ', 'name'], ['x'.repeat(101), 'name'], ['x', undefined], ['x'.repeat(100), undefined]])(
  'the name %j of ${aThing} breaks the rule of %s',
  (name, field) => {
    expect(brokenRule({ name })?.field).toBe(field);
  },
);
`;
}

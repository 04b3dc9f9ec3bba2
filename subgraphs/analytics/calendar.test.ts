import { addDays, daysBetween, monthsUpTo, weekOf } from './calendar.ts';

test('the nights of a stay are its days except the last, across months and years', () => {
  expect(daysBetween('2027-12-30', '2028-01-02')).toEqual(['2027-12-30', '2027-12-31', '2028-01-01']);
  expect(daysBetween('2028-02-28', '2028-03-01')).toEqual(['2028-02-28', '2028-02-29']);
  expect(daysBetween('2026-05-02', '2026-05-01')).toEqual([]);
  expect(addDays('2026-03-01', -1)).toBe('2026-02-28');
});

test('a week begins on Monday', () => {
  expect(['2026-05-03', '2026-05-04', '2026-05-10', '2026-05-11'].map(weekOf)).toEqual([
    '2026-04-27',
    '2026-05-04',
    '2026-05-04',
    '2026-05-11',
  ]);
});

test('months are counted back across years from any day', () => {
  expect(monthsUpTo('2026-02-28', 4)).toEqual(['2025-11', '2025-12', '2026-01', '2026-02']);
  expect(monthsUpTo('2026-03-31', 2)).toEqual(['2026-02', '2026-03']);
});

import { randomUUID } from 'node:crypto';
import { LIBRARY } from '../../../../build/discover.ts';
import { conflict, type TestTable, testTable } from '../../../test-table.ts';
import { loanEvents } from '../../subgraphs/loans/events.ts';
import { type Loan, start } from '../../subgraphs/loans/loan.ts';
import { LoanStore } from '../../subgraphs/loans/loan-store.ts';

/** Concurrent loans of a book, and repeated idempotency keys: decided by one transaction. */

const NOW = new Date('2026-05-01T10:00:00Z');

let table: TestTable;
let loans: LoanStore;
beforeEach(async () => {
  table = await testTable('loans', LIBRARY);
  loans = new LoanStore(table.client, table.name);
});

function borrow(loan: Loan, key: string = randomUUID()) {
  const { id, bookId, memberId, dueOn, version } = loan;
  const data = { loanId: id, bookId, memberId, dueOn };
  const event = loanEvents.event({
    type: 'LoanStarted',
    entityId: id,
    version,
    time: NOW,
    requestId: 'test',
    data,
  });
  return loans.add(loan, { owner: memberId, key, input: [bookId] }, event, NOW);
}

const loanOf = (memberId: string) => start({ id: randomUUID(), bookId: 'b1', memberId }, NOW);

test('one of 50 concurrent loans of a book succeeds, with one event', async () => {
  const outcomes = await Promise.all(Array.from({ length: 50 }, (_, i) => borrow(loanOf(`member${i}`))));
  expect(outcomes.toSorted()).toEqual(['ADDED', ...Array(49).fill('BOOK_OUT')]);
  expect(await table.newEvents()).toMatchObject([{ type: 'LoanStarted' }]);
});

test('an idempotency key is used once, however often it is sent', async () => {
  const outcomes = await Promise.all(Array.from({ length: 20 }, () => borrow(loanOf('ada'), 'k1')));
  expect(outcomes.toSorted()).toEqual(['ADDED', ...Array(19).fill('KEY_USED')]);
  expect(await loans.previousUse({ owner: 'ada', key: 'k1', input: ['b1'] })).toMatchObject({ sameInput: true });
  expect(await loans.previousUse({ owner: 'ada', key: 'k1', input: ['b2'] })).toMatchObject({ sameInput: false });
  expect(await loans.previousUse({ owner: 'bob', key: 'k1', input: ['b1'] })).toBeUndefined();
});

test('a loan is retried after a transaction conflict', async () => {
  table.failTransactions('before', conflict('None', 'TransactionConflict'));
  expect(await borrow(loanOf('ada'))).toBe('ADDED');
});

import type { Item } from '#platform/dynamodb/batch-read.ts';
import { ItemReader } from '#platform/dynamodb/item-reader.ts';
import { singletonKey, type TableRef } from '#platform/dynamodb/table-ref.ts';
import type { BookCopy, BookState } from './book-copy.ts';
import type { Loan } from './loan.ts';

/** Returns the table of this service: loans, copies of books, and which of them are lent. */
export function loansTable(name: string): TableRef {
  return { name, partitionKey: 'pk', sortKey: 'sk' };
}

export const loanKey = (id: string) => singletonKey(loansTable(''), `loan#${id}`);
export const copyKey = (bookId: string) => ({ pk: `book#${bookId}`, sk: 'copy' });
/** Returns the key of the item that exists while a book is lent: one per book, so that it is lent once at a time. */
export const outKey = (bookId: string) => ({ pk: `book#${bookId}`, sk: 'out' });

/** Returns the cursor key of a loan in a member's list. */
export function ageKey({ id, startedAt }: Loan) {
  return { ...loanKey(id), ageKey: `${startedAt}#${id}` };
}

export function loanItem(loan: Loan): Item {
  return { ...loan, ...ageKey(loan) };
}

export function toLoan(item: Item): Loan {
  const read = new ItemReader(item, 'Loan');
  return {
    id: read.string('id'),
    bookId: read.string('bookId'),
    memberId: read.string('memberId'),
    dueOn: read.string('dueOn'),
    isReturned: item.isReturned === true,
    startedAt: read.string('startedAt'),
    version: read.number('version'),
  };
}

export function copyItem(copy: BookCopy): Item {
  return { ...copy, ...copyKey(copy.bookId) };
}

/** Returns books from their copies and `out` items, in any order. */
export function toBookStates(items: Item[]): BookState[] {
  const loans = new Map(items.filter(({ sk }) => sk === 'out').map((item) => [item.pk, item]));
  return items
    .filter(({ sk }) => sk === 'copy')
    .map((item) => {
      const read = new ItemReader(item, 'Book copy');
      const out = loans.get(item.pk);
      return {
        bookId: read.string('bookId'),
        title: read.string('title'),
        isOffered: item.isOffered === true,
        version: read.number('version'),
        ...(out && { loanId: new ItemReader(out, 'Book that is out').string('loanId') }),
      };
    });
}

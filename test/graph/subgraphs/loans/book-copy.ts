/** What this service knows of another's book, as far as events have told of it. */
export interface BookCopy {
  bookId: string;
  title: string;
  isOffered: boolean;
  /** The book's version: events may come in any order. */
  version: number;
}

/** A book with the loan that has it now, if any. */
export interface BookState extends BookCopy {
  loanId?: string;
}

export function isAvailable(book: BookState | undefined): boolean {
  return book?.isOffered === true && book.loanId === undefined;
}

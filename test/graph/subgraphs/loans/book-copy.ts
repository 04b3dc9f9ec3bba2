/** Copy of a book of another service, from its events. */
export interface BookCopy {
  bookId: string;
  title: string;
  isOffered: boolean;
  /** The book's version, since events may arrive out of order. */
  version: number;
}

/** Copy of a book with its current loan, if any. */
export interface BookState extends BookCopy {
  loanId?: string;
}

export function isAvailable(book: BookState | undefined): boolean {
  return book?.isOffered === true && book.loanId === undefined;
}

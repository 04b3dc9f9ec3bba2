import { findGenre } from './genres.ts';

/** Members of a book that its owner sets. */
export interface BookTerms {
  title: string;
  author: string;
  language: string;
  pages: number;
  publishedIn: number;
  summary: string;
  weightGrams: number;
  genre: string;
}

/** Book that a member lends. */
export interface Book extends BookTerms {
  id: string;
  ownerId: string;
  isOffered: boolean;
  /** RFC 3339, UTC. */
  offeredAt: string;
  /** Incremented by each change. */
  version: number;
}

/** Validation error of one field. */
export interface BrokenRule {
  field: string;
  message: string;
}

/** Returns the first rule that the terms break, if any. */
export function brokenRule({ title, pages, genre }: BookTerms): BrokenRule | undefined {
  if (title.trim().length < 1 || title.length > 200)
    return { field: 'title', message: 'A title has 1 to 200 characters.' };
  if (pages < 1) return { field: 'pages', message: 'A book has at least 1 page.' };
  if (!findGenre(genre)) return { field: 'genre', message: `There is no genre "${genre}".` };
  return undefined;
}

export function offer(terms: BookTerms, { id, ownerId, now }: { id: string; ownerId: string; now: Date }): Book {
  return { ...terms, id, ownerId, isOffered: true, offeredAt: now.toISOString(), version: 1 };
}

export function takeBack(book: Book): Book {
  return { ...book, isOffered: false, version: book.version + 1 };
}

import type { ListingSort, RoomType, StaysQueryVariables } from '../__generated__/operations.ts';

export const BOROUGHS = ['Bronx', 'Brooklyn', 'Manhattan', 'Queens', 'Staten Island'];

export const SORTS: Record<ListingSort, string> = {
  NEWEST: 'Newest first',
  PRICE_ASC: 'Lowest price first',
  PRICE_DESC: 'Highest price first',
};

const CENTS = 100;

/** What is searched for, from the address of the page: a link to a search is the search. */
export function searchFrom(search: URLSearchParams): Pick<StaysQueryVariables, 'filter' | 'sort'> {
  return {
    filter: {
      borough: search.get('borough') || undefined,
      roomType: oneOf<RoomType>(['ENTIRE_HOME', 'PRIVATE_ROOM', 'SHARED_ROOM'], search.get('room')),
      minPrice: cents(search.get('from')),
      maxPrice: cents(search.get('to')),
    },
    sort: oneOf<ListingSort>(['NEWEST', 'PRICE_ASC', 'PRICE_DESC'], search.get('sort')) ?? 'NEWEST',
  };
}

/** What a form asks for, without what it leaves open. */
export function given(form: HTMLFormElement): URLSearchParams {
  return new URLSearchParams(
    [...new FormData(form)].flatMap(([name, value]) => (String(value).trim() ? [[name, String(value).trim()]] : [])),
  );
}

/** The address of a search. */
export function addressOf(asked: URLSearchParams): string {
  return `/?${asked}`;
}

/** What is wrong with the prices of a search, by field. */
export interface PriceProblems {
  from?: string;
  to?: string;
}

export function problemsIn(search: URLSearchParams): PriceProblems {
  const [from, to] = [search.get('from'), search.get('to')];
  const [lowest, highest] = [cents(from), cents(to)];
  return {
    ...(from && lowest === undefined && { from: NOT_DOLLARS }),
    ...(to && highest === undefined && { to: NOT_DOLLARS }),
    ...(lowest !== undefined &&
      highest !== undefined &&
      lowest > highest && { to: 'This is less than the lowest price.' }),
  };
}

const NOT_DOLLARS = 'Write whole dollars, such as 80.';

function oneOf<T extends string>(values: T[], text: string | null): T | undefined {
  return values.find((value) => value === text);
}

/** Whole dollars to cents; what is no price leaves it open. */
function cents(dollars: string | null): number | undefined {
  return dollars && /^\d{1,6}$/.test(dollars) ? Number(dollars) * CENTS : undefined;
}

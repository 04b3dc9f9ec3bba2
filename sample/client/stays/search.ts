import type { ListingSort, RoomType, StaysQueryVariables } from '../__generated__/operations.ts';

export const BOROUGHS = ['Bronx', 'Brooklyn', 'Manhattan', 'Queens', 'Staten Island'];

export const SORTS: Record<ListingSort, string> = {
  NEWEST: 'Newest first',
  PRICE_ASC: 'Lowest price first',
  PRICE_DESC: 'Highest price first',
};

const CENTS = 100;

/** Returns the query variables of a search URL. */
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

/** Returns the search of a form, without empty fields. */
export function searchIn(form: HTMLFormElement): URLSearchParams {
  return new URLSearchParams(
    [...new FormData(form)].flatMap(([name, value]) => (String(value).trim() ? [[name, String(value).trim()]] : [])),
  );
}

/** Returns the path of a search. */
export function searchPath(search: URLSearchParams): string {
  return `/?${search}`;
}

/** Error messages by price field. */
export interface PriceProblems {
  from?: string;
  to?: string;
}

export function priceProblems(search: URLSearchParams): PriceProblems {
  const [from, to] = [search.get('from'), search.get('to')];
  const [lowest, highest] = [cents(from), cents(to)];
  return {
    ...(from && lowest === undefined && { from: NOT_DOLLARS }),
    ...(to && highest === undefined && { to: NOT_DOLLARS }),
    ...(lowest !== undefined &&
      highest !== undefined &&
      lowest > highest && { to: 'This is below the minimum price.' }),
  };
}

const NOT_DOLLARS = 'Enter whole dollars, such as 80.';

function oneOf<T extends string>(values: T[], text: string | null): T | undefined {
  return values.find((value) => value === text);
}

/** Converts whole dollars to cents. Returns undefined if the text is not a price. */
function cents(dollars: string | null): number | undefined {
  return dollars && /^\d{1,6}$/.test(dollars) ? Number(dollars) * CENTS : undefined;
}

/** Whole numbers by name, that add up. */
export type Figures = Record<string, number>;

/** A sum of figures, or a part of it. */
export interface Total {
  id: string;
  figures: Figures;
}

/**
 * One thing that counts, as last heard of: a booking, a listing or a review. It replaces the one of the same id and a lower
 * version, so that it does not matter in which order, and how often, events come.
 */
export interface Fact {
  id: string;
  version: number;
  /** What it adds to which totals; nothing if it does not count, as a cancelled booking. */
  adds: Total[];
  /** Where it is listed. */
  listed?: Place;
  /** What is shown of a confirmed booking. */
  stay?: Stay;
  /** What is shown of a listing. */
  listing?: OfferedListing;
}

export interface Stay {
  bookingId: string;
  listingId: string;
  guestId: string;
  checkIn: string;
  checkOut: string;
  nights: number;
  /** Minor units. */
  total: number;
}

export interface OfferedListing {
  listingId: string;
  hostId: string;
  status: 'OPEN' | 'CLOSED';
}

/** A place in a list that is kept in order. */
export interface Place {
  listedIn: string;
  /** Sorts as text. */
  place: string;
}

/** What changes in each total when facts replace those known before; a total that stays as it is, is left out. */
export function changesOf(before: Pick<Fact, 'adds'>[], after: Pick<Fact, 'adds'>[]): Total[] {
  const parts = [
    ...before.flatMap(({ adds }) => adds.map(({ id, figures }) => ({ id, figures: negated(figures) }))),
    ...after.flatMap(({ adds }) => adds),
  ];
  return [...Map.groupBy(parts, ({ id }) => id)]
    .map(([id, ofTotal]) => ({ id, figures: sumOf(ofTotal.map(({ figures }) => figures)) }))
    .filter(({ figures }) => Object.values(figures).some((figure) => figure !== 0));
}

/** The sum of figures, name by name. */
export function sumOf(all: Figures[]): Figures {
  const sum: Figures = {};
  for (const [name, figure] of all.flatMap(Object.entries<number>)) sum[name] = (sum[name] ?? 0) + figure;
  return sum;
}

function negated(figures: Figures): Figures {
  return Object.fromEntries(Object.entries(figures).map(([name, figure]) => [name, -figure]));
}

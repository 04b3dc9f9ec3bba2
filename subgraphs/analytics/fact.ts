/** Additive integers by name. */
export type Figures = Record<string, number>;

/** A sum of figures, or a contribution to it. */
export interface Total {
  id: string;
  figures: Figures;
}

/**
 * The latest known version of a booking, listing or review, with its contributions to totals. It replaces the fact with the
 * same id and a lower version, so events may be duplicated and out of order.
 */
export interface Fact {
  id: string;
  version: number;
  /** Contributions to totals; empty if the entity does not count, such as a cancelled booking. */
  adds: Total[];
  /** Position in the list that has it. */
  listed?: Place;
  /** Set for a confirmed booking. */
  stay?: Stay;
  /** Set for a listing. */
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

/** A position in a sorted list. */
export interface Place {
  listedIn: string;
  /** Sort key. */
  place: string;
}

/** Returns the changes of totals when facts replace earlier versions, without unchanged totals. */
export function changesOf(before: Pick<Fact, 'adds'>[], after: Pick<Fact, 'adds'>[]): Total[] {
  const parts = [
    ...before.flatMap(({ adds }) => adds.map(({ id, figures }) => ({ id, figures: negated(figures) }))),
    ...after.flatMap(({ adds }) => adds),
  ];
  return [...Map.groupBy(parts, ({ id }) => id)]
    .map(([id, ofTotal]) => ({ id, figures: sumOf(ofTotal.map(({ figures }) => figures)) }))
    .filter(({ figures }) => Object.values(figures).some((figure) => figure !== 0));
}

/** Adds up figures by name. */
export function sumOf(all: Figures[]): Figures {
  const sum: Figures = {};
  for (const [name, figure] of all.flatMap(Object.entries<number>)) sum[name] = (sum[name] ?? 0) + figure;
  return sum;
}

function negated(figures: Figures): Figures {
  return Object.fromEntries(Object.entries(figures).map(([name, figure]) => [name, -figure]));
}

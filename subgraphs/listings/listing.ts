import { type TextRule, textProblem } from '#platform/graphql/text.ts';
import { findAmenity } from './amenities.ts';

/** What guests get to themselves. */
export type RoomType = 'ENTIRE_HOME' | 'PRIVATE_ROOM' | 'SHARED_ROOM';

/** A place to stay, as this service keeps it. */
export interface Listing {
  id: string;
  slug: string;
  hostId: string;
  title: string;
  description: string;
  roomType: RoomType;
  borough: string;
  neighbourhood: string;
  latitude: number;
  longitude: number;
  /** Price of a night, in the currency's minor unit. */
  nightlyAmount: number;
  currency: string;
  minimumNights: number;
  /** Ids of amenities.ts. */
  amenities: string[];
  photo?: string;
  status: 'OPEN' | 'CLOSED';
  featured: boolean;
  /** RFC 3339, UTC. */
  listedAt: string;
  /** 1 when offered, and one more with each change. */
  version: number;
}

/** What the one who offers a listing says of it. */
export type ListingTerms = Omit<Listing, 'id' | 'slug' | 'hostId' | 'status' | 'featured' | 'listedAt' | 'version'>;

/** The first rule that a listing breaks. */
export interface BrokenRule {
  field: string;
  message: string;
}

const MAX_NIGHTLY_AMOUNT = 10_000_000;

const TEXTS: { field: 'title' | 'description' | 'borough' | 'neighbourhood'; rule: TextRule }[] = [
  { field: 'title', rule: { label: 'A title', minLength: 1, maxLength: 200 } },
  { field: 'description', rule: { label: 'A description', maxLength: 5_000, isMultiline: true } },
  { field: 'borough', rule: { label: 'A borough', minLength: 1, maxLength: 100 } },
  { field: 'neighbourhood', rule: { label: 'A neighbourhood', minLength: 1, maxLength: 100 } },
];

const RULES: { field: string; message: string; holds: (terms: ListingTerms) => boolean }[] = [
  {
    field: 'location.latitude',
    message: 'A latitude is from -90 to 90.',
    holds: ({ latitude }) => Math.abs(latitude) <= 90,
  },
  {
    field: 'location.longitude',
    message: 'A longitude is from -180 to 180.',
    holds: ({ longitude }) => Math.abs(longitude) <= 180,
  },
  {
    field: 'nightlyPrice.amount',
    message: 'A nightly price is more than 0 and at most 100,000 dollars.',
    holds: ({ nightlyAmount }) => nightlyAmount > 0 && nightlyAmount <= MAX_NIGHTLY_AMOUNT,
  },
  { field: 'nightlyPrice.currency', message: 'Prices are in USD.', holds: ({ currency }) => currency === 'USD' },
  {
    field: 'minimumNights',
    message: 'The shortest stay is from 1 to 1,250 nights.',
    holds: ({ minimumNights }) => minimumNights >= 1 && minimumNights <= 1_250,
  },
  {
    field: 'amenities',
    message: 'Each amenity is one of those that the query "amenities" gives, and is named once.',
    holds: ({ amenities }) => amenities.every(findAmenity) && new Set(amenities).size === amenities.length,
  },
];

/** The rule that the terms break, if any. */
export function brokenRule(terms: ListingTerms): BrokenRule | undefined {
  for (const { field, rule } of TEXTS) {
    const message = textProblem(terms[field], rule);
    if (message) return { field, message };
  }
  const rule = RULES.find(({ holds }) => !holds(terms));
  return rule && { field: rule.field, message: rule.message };
}

/** A new listing, open from now on. `id` must have no dash: a slug ends with the id. */
export function offer(terms: ListingTerms, { id, hostId, now }: { id: string; hostId: string; now: Date }): Listing {
  return {
    ...terms,
    id,
    hostId,
    slug: slugFor(terms.title, id),
    status: 'OPEN',
    featured: false,
    listedAt: now.toISOString(),
    version: 1,
  };
}

/** The next version of a listing, with other terms. */
export function changeTerms(listing: Listing, terms: Partial<ListingTerms>): Listing {
  return { ...listing, ...terms, version: listing.version + 1 };
}

/** The next version of a listing, withdrawn by its host. */
export function close(listing: Listing): Listing {
  return { ...listing, status: 'CLOSED', version: listing.version + 1 };
}

/** A listing's part of a web address. It ends with the id: titles alike stay apart, and the id is found without an index. */
function slugFor(title: string, id: string): string {
  const words = title
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 60)
    .replace(/^-+|-+$/g, '');
  return words ? `${words}-${id}` : id;
}

/** The id of the listing that a slug names. */
export function idInSlug(slug: string): string {
  return slug.slice(slug.lastIndexOf('-') + 1);
}

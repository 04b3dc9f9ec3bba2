import { type TextRule, textProblem } from '#platform/graphql/text.ts';
import { findAmenity } from './amenities.ts';

/** Which part of the home a guest rents. */
export type RoomType = 'ENTIRE_HOME' | 'PRIVATE_ROOM' | 'SHARED_ROOM';

/** A place to stay. */
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
  /** Price per night, in the currency's minor unit. */
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
  /** 1 when created, incremented with each change. */
  version: number;
}

/** Fields of a listing that its host sets. */
export type ListingTerms = Omit<Listing, 'id' | 'slug' | 'hostId' | 'status' | 'featured' | 'listedAt' | 'version'>;

/** A validation error of a listing. */
export interface ValidationError {
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
    message: 'The latitude must be between -90 and 90.',
    holds: ({ latitude }) => Math.abs(latitude) <= 90,
  },
  {
    field: 'location.longitude',
    message: 'The longitude must be between -180 and 180.',
    holds: ({ longitude }) => Math.abs(longitude) <= 180,
  },
  {
    field: 'nightlyPrice.amount',
    message: 'The nightly price must be more than 0 and at most $100,000.',
    holds: ({ nightlyAmount }) => nightlyAmount > 0 && nightlyAmount <= MAX_NIGHTLY_AMOUNT,
  },
  { field: 'nightlyPrice.currency', message: 'Only USD is supported.', holds: ({ currency }) => currency === 'USD' },
  {
    field: 'minimumNights',
    message: 'The minimum stay must be 1 to 1,250 nights.',
    holds: ({ minimumNights }) => minimumNights >= 1 && minimumNights <= 1_250,
  },
  {
    field: 'amenities',
    message: 'The amenities must be distinct ids from the query "amenities".',
    holds: ({ amenities }) => amenities.every(findAmenity) && new Set(amenities).size === amenities.length,
  },
];

/** Returns the first validation error of the terms, if any. */
export function validationError(terms: ListingTerms): ValidationError | undefined {
  for (const { field, rule } of TEXTS) {
    const message = textProblem(terms[field], rule);
    if (message) return { field, message };
  }
  const rule = RULES.find(({ holds }) => !holds(terms));
  return rule && { field: rule.field, message: rule.message };
}

/** Creates an open listing. `id` must not contain a dash, since a slug ends with it. */
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

/** Returns the next version of a listing, with new terms. */
export function changeTerms(listing: Listing, terms: Partial<ListingTerms>): Listing {
  return { ...listing, ...terms, version: listing.version + 1 };
}

/** Returns the next version of a listing, closed. */
export function close(listing: Listing): Listing {
  return { ...listing, status: 'CLOSED', version: listing.version + 1 };
}

/** Returns the URL slug of a listing. It ends with the id, so it is unique and needs no index. */
function slugFor(title: string, id: string): string {
  const words = title
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 60)
    .replace(/^-+|-+$/g, '');
  return words ? `${words}-${id}` : id;
}

/** Returns the listing id at the end of a slug. */
export function idInSlug(slug: string): string {
  return slug.slice(slug.lastIndexOf('-') + 1);
}

import { useQuery } from '@apollo/client/react';
import { StayQuoteDocument, type StayQuoteQuery } from '../__generated__/operations.ts';

/** Dates of a stay, ISO 8601, or empty until chosen. `checkOut` is exclusive. */
export interface Stay {
  listingId: string;
  checkIn: string;
  checkOut: string;
}

export interface QuoteState {
  listing: StayQuoteQuery['listing'] | undefined;
  isLoading: boolean;
}

/** Queries the price and availability of a stay. */
export function useQuote(stay: Stay, { skip }: { skip: boolean }): QuoteState {
  const { data, loading } = useQuery(StayQuoteDocument, {
    variables: stay,
    skip,
    errorPolicy: 'all',
    // Availability changes as others book.
    fetchPolicy: 'cache-and-network',
  });
  return { listing: skip ? undefined : (data?.listing ?? (data && null)), isLoading: loading };
}

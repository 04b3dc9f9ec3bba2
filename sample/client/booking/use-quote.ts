import { useQuery } from '@apollo/client/react';
import { StayQuoteDocument, type StayQuoteQuery } from '../__generated__/operations.ts';

/** The days of a stay, ISO 8601; the night of the last one is not part of it. Both are empty until they are chosen. */
export interface Stay {
  listingId: string;
  checkIn: string;
  checkOut: string;
}

export interface QuoteState {
  listing: StayQuoteQuery['listing'] | undefined;
  isLoading: boolean;
}

/** What a stay costs and whether it can be had; asked for as soon as its days are right. */
export function useQuote(stay: Stay, { skip }: { skip: boolean }): QuoteState {
  const { data, loading } = useQuery(StayQuoteDocument, {
    variables: stay,
    skip,
    errorPolicy: 'all',
    // Others book too: what was free before may be taken.
    fetchPolicy: 'cache-and-network',
  });
  return { listing: skip ? undefined : (data?.listing ?? (data && null)), isLoading: loading };
}

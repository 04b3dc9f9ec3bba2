import { count, money } from '../ui/format.ts';
import type { QuoteState } from './use-quote.ts';

/** What a stay costs and whether it can be had. */
export function Quote({ of: { listing, isLoading } }: { of: QuoteState }) {
  const { quote, isAvailable } = listing ?? {};
  return (
    <p className="quote" role="status">
      {!isLoading && listing === undefined && <span className="muted">Choose both days to see the price.</span>}
      {isLoading && !listing && 'Asking for the price …'}
      {listing !== undefined && !quote && !isLoading && 'The price cannot be told right now.'}
      {quote?.__typename === 'Quote' && (
        <>
          {count(quote.nights, 'night')}: <strong>{money(quote.totalPrice)}</strong>
          {isAvailable === false && ' · not free'}
        </>
      )}
    </p>
  );
}

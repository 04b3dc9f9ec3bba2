import { count, money } from '../ui/format.ts';
import type { QuoteState } from './use-quote.ts';

/** Shows the price and availability of a stay. */
export function Quote({ of: { listing, isLoading } }: { of: QuoteState }) {
  const { quote, isAvailable } = listing ?? {};
  return (
    <p className="quote" role="status">
      {!isLoading && listing === undefined && <span className="muted">Choose both dates to see the price.</span>}
      {isLoading && !listing && 'Loading the price…'}
      {listing !== undefined && !quote && !isLoading && 'The price is not available right now.'}
      {quote?.__typename === 'Quote' && (
        <>
          {count(quote.nights, 'night')}: <strong>{money(quote.totalPrice)}</strong>
          {isAvailable === false && ' · not available'}
        </>
      )}
    </p>
  );
}

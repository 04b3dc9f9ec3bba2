export { countLines as countRows } from './listing-rows.ts';
export { loadListings as importFile } from './load-listings.ts';

/** What a row of a file is. */
export const ROWS = 'listings';

export { countLines as countRows } from './listing-rows.ts';
export { loadListings as importFile } from './load-listings.ts';

/** Name of the rows of a file. */
export const ROWS = 'listings';

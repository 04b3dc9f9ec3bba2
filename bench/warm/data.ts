/** A user in the users subgraph. */
export interface User {
  id: string;
  name: string;
  username: string;
}

/** A product in the products subgraph. */
export interface Product {
  upc: string;
  name: string;
  price: number;
  weight: number;
}

/** A remark in the remarks subgraph. */
export interface Remark {
  id: string;
  body: string;
  authorId: string;
  upc: string;
}

/**
 * Number of pages of data, with equal shapes and different values. Each request in flight uses another page, so that no gateway
 * can serve two clients from one subgraph call.
 */
export const PAGES = 100;

/** Author and product of each remark, the same on each page; a few products have most remarks. */
const REMARKED: readonly (readonly [user: number, product: number])[] = [
  [1, 1],
  [1, 2],
  [2, 1],
  [2, 3],
  [3, 1],
  [3, 4],
  [4, 1],
  [4, 2],
  [5, 5],
  [6, 3],
  [6, 6],
];
const USERS_ON_PAGE = 6;
const PRODUCTS_ON_PAGE = 9;

/** The users of a page, from 0 to PAGES - 1; another page has none. */
export function usersOf(page: number): User[] {
  return numbered(page, USERS_ON_PAGE, (n) => ({
    id: userId(page, n),
    name: `User ${n} of page ${page}`,
    username: `user_${page}_${n}`,
  }));
}

/** The products of a page. */
export function productsOf(page: number): Product[] {
  return numbered(page, PRODUCTS_ON_PAGE, (n) => ({
    upc: upc(page, n),
    name: `Product ${n} of page ${page}`,
    price: 199 * n + page,
    weight: 50 * n + page,
  }));
}

/** The remarks of a page. */
export function remarksOf(page: number): Remark[] {
  return numbered(page, REMARKED.length, (n) => {
    const [user, product] = REMARKED[n - 1] ?? [1, 1];
    return {
      id: `remark-${page}-${n}`,
      body: `Remark ${n} of page ${page}: it does what it says, and it came in two days.`,
      authorId: userId(page, user),
      upc: upc(page, product),
    };
  });
}

/** Indexes the items of all pages by key. */
export function byKey<Item>(itemsOf: (page: number) => Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const items = Array.from({ length: PAGES }, (_, page) => itemsOf(page)).flat();
  return Map.groupBy(items, keyOf);
}

function numbered<Item>(page: number, count: number, make: (n: number) => Item): Item[] {
  if (page < 0 || page >= PAGES) return [];
  return Array.from({ length: count }, (_, i) => make(i + 1));
}

const userId = (page: number, n: number) => `user-${page}-${n}`;
const upc = (page: number, n: number) => `upc-${page}-${n}`;

/** An operation of the benchmark; its only variable is the requested page of data. */
export interface Operation {
  operationName: string;
  query: string;
}

/** Joins the four subgraphs, three levels deep; `shippingEstimate` requires fields of another subgraph. */
export const JOINED: Operation = {
  operationName: 'Joined',
  query: `query Joined($page: Int!) {
  users(page: $page) {
    ...Person
    remarks { ...Opinion product { ...Item remarks { ...Opinion author { ...Person remarks { ...Opinion product { ...Item } } } } } }
  }
  topProducts(page: $page) {
    ...Item
    remarks { ...Opinion author { ...Person remarks { ...Opinion product { ...Item } } } }
  }
}
fragment Person on User { id name username }
fragment Opinion on Remark { id body }
fragment Item on Product { upc name price weight inStock shippingEstimate }`,
};

/** Queries one subgraph. */
export const SMALL: Operation = {
  operationName: 'Small',
  query: `query Small($page: Int!) { topProducts(page: $page, first: 3) { upc name price } }`,
};

/** Returns a request body. */
export function requestBody({ operationName, query }: Operation, page: number): string {
  return JSON.stringify({ operationName, query, variables: { page } });
}

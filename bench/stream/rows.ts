import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';

/** Objects of the large responses: numbers, flags, a name and a sentence, as most lists of an API have. */
const TYPE_DEFS = `
  type Query { rows(bytes: Int!): [Row!]! }
  type Row { id: ID! name: String! price: Int! weight: Int! isInStock: Boolean! remark: String! }
`;

export const ROWS_QUERY = 'query Rows($bytes: Int!) { rows(bytes: $bytes) { id name price weight isInStock remark } }';

/** Composes a supergraph whose only subgraph is at `/rows` of a server. */
export function composeRows(serverUrl: string): string {
  const services = [{ name: 'rows', url: `${serverUrl}/rows`, typeDefs: parse(TYPE_DEFS) }];
  const { supergraphSdl, errors = [] } = composeServices(services);
  if (!supergraphSdl) throw new Error(`The subgraph of rows does not compose: ${errors.join('; ')}`);
  return supergraphSdl;
}

/** Returns the subgraph's response of about as many bytes, the same each time. */
export function rowsResponse(bytes: number): Buffer {
  const rows: string[] = [];
  const next = numbers();
  for (let size = 0, n = 1; size < bytes; n++) {
    const row = JSON.stringify(rowOf(n, next));
    rows.push(row);
    size += row.length + 1;
  }
  return Buffer.from(`{"data":{"rows":[${rows.join(',')}]}}`);
}

function rowOf(n: number, next: (below: number) => number) {
  const page = next(100);
  return {
    id: `row-${next(2 ** 31).toString(36)}`,
    name: `Product ${n} of page ${page}`,
    price: next(10_000),
    weight: next(500),
    isInStock: next(2) === 1,
    remark: `Remark ${next(1_000)} of page ${page}: it does what it says, and it came in two days.`,
  };
}

/** A linear congruential generator, https://en.wikipedia.org/wiki/Linear_congruential_generator */
function numbers(): (below: number) => number {
  let state = 1;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

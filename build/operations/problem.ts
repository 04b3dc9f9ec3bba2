import { type GraphQLError, getLocation, type Source } from 'graphql';

/** A client's documents cannot be registered; the message has one line per error. */
export class OperationsInvalid extends Error {
  override name = 'OperationsInvalid';
}

/** Formats a GraphQL error as `file:line:column message`, with further locations. */
export function describeProblem(error: GraphQLError): string {
  const [place = error.source?.name ?? '', ...others] = places(error);
  return `${place} ${error.message}${others.length > 0 ? ` (see also ${others.join(', ')})` : ''}`;
}

function places({ nodes, source, positions }: GraphQLError): string[] {
  const located = nodes?.flatMap(({ loc }) => (loc ? [placeIn(loc.source, loc.start)] : []));
  if (located && located.length > 0) return located;
  return source ? (positions ?? []).map((position) => placeIn(source, position)) : [];
}

/** Adds the offset of a document within its file, as for a template. */
function placeIn(source: Source, position: number): string {
  const { line, column } = getLocation(source, position);
  const { line: firstLine, column: firstColumn } = source.locationOffset;
  return `${source.name}:${line + firstLine - 1}:${line === 1 ? column + firstColumn - 1 : column}`;
}

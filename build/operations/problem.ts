import { type GraphQLError, getLocation, type Source } from 'graphql';

/** The documents of a client cannot be registered; the message has a line for each reason. */
export class OperationsInvalid extends Error {
  override name = 'OperationsInvalid';
}

/** A GraphQL error as `file:line:column message`, and where else the fault lies. */
export function describeProblem(error: GraphQLError): string {
  const [place = error.source?.name ?? '', ...others] = places(error);
  return `${place} ${error.message}${others.length > 0 ? ` (see also ${others.join(', ')})` : ''}`;
}

function places({ nodes, source, positions }: GraphQLError): string[] {
  const located = nodes?.flatMap(({ loc }) => (loc ? [placeIn(loc.source, loc.start)] : []));
  if (located && located.length > 0) return located;
  return source ? (positions ?? []).map((position) => placeIn(source, position)) : [];
}

/** A document that lies within a file, as a template does, says where it begins. */
function placeIn(source: Source, position: number): string {
  const { line, column } = getLocation(source, position);
  const { line: firstLine, column: firstColumn } = source.locationOffset;
  return `${source.name}:${line + firstLine - 1}:${line === 1 ? column + firstColumn - 1 : column}`;
}

import { type ASTNode, type Token, TokenKind } from 'graphql';
import type { Place } from './finding.ts';
import { type Definition, placeOf } from './subgraph-source.ts';

/** Comment above an element that exempts it from a rule: `# allow RULE: reason`. */
export interface Acknowledgement {
  coordinate: string;
  rule: string;
  reason: string;
  place: Place;
}

const COMMENT = /^\s*allow\s+([\w-]+)\s*(?::\s*(.*))?$/;

/** Returns all acknowledgements in the schemas. */
export function acknowledgements(definitions: Map<string, Definition[]>): Acknowledgement[] {
  return [...definitions].flatMap(([coordinate, found]) =>
    found.flatMap(({ node }) => commentsAbove(node).flatMap((comment) => acknowledgement(coordinate, node, comment))),
  );
}

function acknowledgement(coordinate: string, node: ASTNode, { value, line }: Token): Acknowledgement[] {
  const [, rule, reason = ''] = COMMENT.exec(value) ?? [];
  const file = placeOf(node)?.file ?? '';
  return rule ? [{ coordinate, rule, reason: reason.trim(), place: { file, line } }] : [];
}

/** Returns the comments above a definition, before or after its description. */
function commentsAbove({ loc }: ASTNode): Token[] {
  const start = loc?.startToken;
  const isDescribed = start?.kind === TokenKind.STRING || start?.kind === TokenKind.BLOCK_STRING;
  return [...comments(start?.prev, 'prev'), ...(isDescribed ? comments(start.next, 'next') : [])];
}

/** Returns the run of comments adjacent to a token. */
function comments(first: Token | null | undefined, direction: 'prev' | 'next'): Token[] {
  const found: Token[] = [];
  for (let token = first; token?.kind === TokenKind.COMMENT; token = token[direction]) found.push(token);
  return found;
}

import { type ASTNode, type Token, TokenKind } from 'graphql';
import type { Place } from './finding.ts';
import { type Definition, placeOf } from './subgraph-source.ts';

/** A comment that lets one element break one rule: `# allow RULE: reason`, above the element. */
export interface Acknowledgement {
  coordinate: string;
  rule: string;
  reason: string;
  place: Place;
}

const COMMENT = /^\s*allow\s+([\w-]+)\s*(?::\s*(.*))?$/;

/** Every acknowledgement in the schemas. */
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

/** The comments before a definition, above its description or under it. */
function commentsAbove({ loc }: ASTNode): Token[] {
  const start = loc?.startToken;
  const isDescribed = start?.kind === TokenKind.STRING || start?.kind === TokenKind.BLOCK_STRING;
  return [...comments(start?.prev, 'prev'), ...(isDescribed ? comments(start.next, 'next') : [])];
}

/** The comments that follow each other from a token on. */
function comments(first: Token | null | undefined, direction: 'prev' | 'next'): Token[] {
  const found: Token[] = [];
  for (let token = first; token?.kind === TokenKind.COMMENT; token = token[direction]) found.push(token);
  return found;
}

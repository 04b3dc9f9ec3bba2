import { type ASTNode, Kind, parse, print, visit } from 'graphql';

/** Specifications that Apollo Gateway rejects; they do not affect planning. */
const NOT_KNOWN_TO_APOLLO_GATEWAY = ['authenticated', 'requiresScopes', 'policy', 'cacheTag', 'context', 'fromContext'];

/** Returns the supergraph for peers: with http URLs, without directives that Apollo Gateway rejects. */
export function peerSupergraph(sdl: string, subgraphsUrl: string): string {
  const dropKnown = (node: { name: { value: string } }) =>
    NOT_KNOWN_TO_APOLLO_GATEWAY.includes(node.name.value) ? null : undefined;
  const document = visit(parse(sdl), {
    DirectiveDefinition: dropKnown,
    Directive: (node) => (node.name.value === 'link' && linksUnknown(node) ? null : dropKnown(node)),
  });
  return print(document).replaceAll('lambda://', `${subgraphsUrl}/`);
}

function linksUnknown(link: ASTNode): boolean {
  if (link.kind !== Kind.DIRECTIVE) return false;
  const url = link.arguments?.find(({ name }) => name.value === 'url')?.value;
  return url?.kind === Kind.STRING && NOT_KNOWN_TO_APOLLO_GATEWAY.some((feature) => url.value.includes(`/${feature}/`));
}

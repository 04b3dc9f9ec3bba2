import { type DirectiveNode, type DocumentNode, Kind, type NameNode, parseValue, visit } from 'graphql';
import { DirectiveNames } from '#platform/federation/directive-names.ts';
import { type Link, linksIn } from '#platform/federation/links.ts';
import { identityOf } from '#platform/federation/specifications.ts';

/** Directives that the checks look for. */
const USUAL = ['key', 'requires', 'provides', 'external'] as const;

/** Renames federation directives in a subgraph's schema to their standard names. */
export function withUsualNames(subgraph: DocumentNode): DocumentNode {
  const link = linksIn(subgraph).find(({ identity }) => identity === identityOf('federation'));
  if (!link) return subgraph;
  const names = new DirectiveNames(subgraph);
  const usual = new Map(USUAL.flatMap((each) => [...names.of(each)].map((name): [string, string] => [name, each])));
  const prefix = `${link.namespace}__`;
  const inNamespace = (name: string) => (name.startsWith(prefix) ? `federation__${name.slice(prefix.length)}` : name);
  const renamed = <Node extends { readonly name: NameNode }>(node: Node, value: string): Node => ({
    ...node,
    name: { ...node.name, value },
  });
  const directiveName = ({ value }: NameNode) => usual.get(value) ?? inNamespace(value);
  return visit(subgraph, {
    Directive: (node) => (isLinkTo(link, node) ? withArguments(node, link) : renamed(node, directiveName(node.name))),
    DirectiveDefinition: (node) => renamed(node, directiveName(node.name)),
    NamedType: (node) => renamed(node, inNamespace(node.name.value)),
    ScalarTypeDefinition: (node) => renamed(node, inNamespace(node.name.value)),
  });
}

function isLinkTo({ url }: Link, { arguments: given = [] }: DirectiveNode): boolean {
  return given.some(({ name, value }) => name.value === 'url' && value.kind === Kind.STRING && value.value === url);
}

/** Returns the link with the standard names in its imports. */
function withArguments(node: DirectiveNode, { url, imports }: Link): DirectiveNode {
  const usual = USUAL.map((each) => `@${each}`);
  const others = [...imports]
    .filter(([name]) => !usual.includes(name))
    .flatMap(([name, aliases]) => aliases.map((as) => `{name: ${JSON.stringify(name)}, as: ${JSON.stringify(as)}}`));
  const values = { url: JSON.stringify(url), import: `[${[...usual.map((each) => JSON.stringify(each)), ...others]}]` };
  return {
    ...node,
    arguments: Object.entries(values).map(([name, value]) => ({
      kind: Kind.ARGUMENT,
      name: { kind: Kind.NAME, value: name },
      value: parseValue(value),
    })),
  };
}

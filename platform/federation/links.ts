import { FeatureUrl } from '@apollo/federation-internals';
import { type ConstDirectiveNode, type DocumentNode, Kind, valueFromASTUntyped } from 'graphql';

/** A specification that a schema links; https://specs.apollo.dev/link/v1.0/ */
export interface Link {
  /** The URL as it is written, version included. */
  url: string;
  /** The URL without its version: what the specification is known by. */
  identity: string;
  /** The last part of the identity. */
  name: string;
  /** `v0.1`; empty where the URL has none. */
  version: string;
  /** What the names of elements that are not imported begin with. */
  namespace: string;
  /** Local names by the specification's own; those of directives begin with `@` in both. */
  imports: ReadonlyMap<string, readonly string[]>;
  /** What the link is for, if it may not be ignored. */
  purpose?: 'SECURITY' | 'EXECUTION';
}

/** Specifications of the linking directive itself: `@link(url:)`, and `@core(feature:)` in older supergraphs. */
const LINKING = ['https://specs.apollo.dev/link', 'https://specs.apollo.dev/core'];

/** Returns the specifications that a schema links; none for a schema without `@link` and `@core`. */
export function linksIn({ definitions }: DocumentNode): Link[] {
  const applied = definitions.flatMap((each) =>
    each.kind === Kind.SCHEMA_DEFINITION || each.kind === Kind.SCHEMA_EXTENSION ? (each.directives ?? []) : [],
  );
  const links = applied.map((directive) => ({ directive: directive.name.value, link: linkFrom(directive) }));
  // A schema links the linking specification too, by the name that it gives to its directive.
  const linking = new Set(
    links.flatMap(({ directive, link }) =>
      link && LINKING.includes(link.identity) && link.namespace === directive ? directive : [],
    ),
  );
  // Federation 2 subgraphs may leave that link out.
  if (linking.size === 0) linking.add('link');
  return links.flatMap(({ directive, link }) => (link && linking.has(directive) ? link : []));
}

function linkFrom({ arguments: given = [] }: ConstDirectiveNode): Link | undefined {
  const values = new Map(given.map(({ name, value }) => [name.value, valueFromASTUntyped(value)]));
  const url = values.get('url') ?? values.get('feature');
  if (typeof url !== 'string') return undefined;
  const parsed = FeatureUrl.maybeParse(url);
  const name = parsed?.name ?? url;
  const [as, purpose] = [values.get('as'), values.get('for')];
  return {
    url,
    identity: parsed?.identity ?? url,
    name,
    version: parsed?.version.toString() ?? '',
    namespace: typeof as === 'string' ? as : name,
    imports: importsFrom(values.get('import')),
    ...((purpose === 'SECURITY' || purpose === 'EXECUTION') && { purpose }),
  };
}

/** An import is a name, or `{name: "@authenticated", as: "@signedIn"}`. */
function importsFrom(value: unknown): Map<string, string[]> {
  const imports = new Map<string, string[]>();
  for (const each of Array.isArray(value) ? value : [value]) {
    const { name, as = name } = typeof each === 'string' ? { name: each } : { ...each };
    if (typeof name === 'string' && typeof as === 'string') imports.set(name, [...(imports.get(name) ?? []), as]);
  }
  return imports;
}

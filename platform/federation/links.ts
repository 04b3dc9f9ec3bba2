import { FeatureUrl } from '@apollo/federation-internals';
import { type ConstDirectiveNode, type DocumentNode, Kind, valueFromASTUntyped } from 'graphql';

/** A specification that a schema links; https://specs.apollo.dev/link/v1.0/ */
export interface Link {
  /** The URL as written, including the version. */
  url: string;
  /** The URL without the version. */
  identity: string;
  /** The last part of the identity. */
  name: string;
  /** `v0.1`; empty if the URL has none. */
  version: string;
  /** Prefix of the names of elements that are not imported. */
  namespace: string;
  /** Local names by the specification's names; both have `@` for directives. */
  imports: ReadonlyMap<string, readonly string[]>;
  /** Set if a consumer must not ignore the link. */
  purpose?: 'SECURITY' | 'EXECUTION';
}

/** Specifications of the link directive: `@link(url:)`, and `@core(feature:)` in older supergraphs. */
const LINKING = ['https://specs.apollo.dev/link', 'https://specs.apollo.dev/core'];

/** Returns the specifications that a schema links. */
export function linksIn({ definitions }: DocumentNode): Link[] {
  const applied = definitions.flatMap((each) =>
    each.kind === Kind.SCHEMA_DEFINITION || each.kind === Kind.SCHEMA_EXTENSION ? (each.directives ?? []) : [],
  );
  const links = applied.map((directive) => ({ directive: directive.name.value, link: linkFrom(directive) }));
  // A schema also links the link specification itself, under the directive's local name.
  const linking = new Set(
    links.flatMap(({ directive, link }) =>
      link && LINKING.includes(link.identity) && link.namespace === directive ? directive : [],
    ),
  );
  // Federation 2 subgraphs may omit that link.
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

/** Reads imports: each is a name, or `{name: "@authenticated", as: "@signedIn"}`. */
function importsFrom(value: unknown): Map<string, string[]> {
  const imports = new Map<string, string[]>();
  for (const each of Array.isArray(value) ? value : [value]) {
    const { name, as = name } = typeof each === 'string' ? { name: each } : { ...each };
    if (typeof name === 'string' && typeof as === 'string') imports.set(name, [...(imports.get(name) ?? []), as]);
  }
  return imports;
}

import type { DocumentNode } from 'graphql';
import { type Link, linksIn } from './links.ts';

const APOLLO = 'https://specs.apollo.dev';

/** Specifications that the gateway implements, with the supported versions. */
const IMPLEMENTED: ReadonlyMap<string, string[]> = new Map(
  Object.entries({
    core: ['v0.1', 'v0.2'],
    link: ['v1.0'],
    join: ['v0.1', 'v0.2', 'v0.3', 'v0.4', 'v0.5'],
    tag: ['v0.1', 'v0.2', 'v0.3'],
    inaccessible: ['v0.1', 'v0.2'],
    context: ['v0.1'],
    cost: ['v0.1'],
    cacheTag: ['v0.1'],
    authenticated: ['v0.1'],
    requiresScopes: ['v0.1'],
    policy: ['v0.1'],
  }),
);

/** Specifications whose unsupported versions are rejected even without a purpose: they affect access or cost. */
const NEVER_IGNORED = new Set(['join', 'inaccessible', 'context', 'cost', 'authenticated', 'requiresScopes', 'policy']);

/** URLs of the implemented specifications, with versions. */
export const IMPLEMENTED_URLS: readonly string[] = [...IMPLEMENTED].flatMap(([name, versions]) =>
  versions.map((version) => `${identityOf(name)}/${version}`),
);

/** Returns the identity of one of Apollo's specifications. */
export function identityOf(name: string): string {
  return `${APOLLO}/${name}`;
}

/**
 * Returns a message for each link of a supergraph that the gateway must not ignore but does not support: an unimplemented
 * specification for security or execution, or an unsupported version.
 */
export function unsupportedLinks(supergraph: DocumentNode): string[] {
  return linksIn(supergraph).flatMap((link) => problemWith(link) ?? []);
}

function problemWith(link: Link): string | undefined {
  const { url, name, identity, version, purpose } = link;
  const versions = identity === identityOf(name) ? IMPLEMENTED.get(name) : undefined;
  // Composition checks the federation versions of subgraphs.
  if (identity === identityOf('federation')) return undefined;
  const mayIgnore = !purpose && !(versions && NEVER_IGNORED.has(name));
  if (mayIgnore || versions?.includes(version)) return undefined;
  const reason = purpose ? `is for ${purpose}, but the gateway` : 'cannot be ignored, but the gateway';
  return versions
    ? `The link to ${url} ${reason} supports ${name} only in ${versions.length > 1 ? 'versions' : 'version'} ${versions.join(', ')}.`
    : `The link to ${url} ${reason} does not implement this specification. It implements ${implemented()}.`;
}

function implemented(): string {
  return [...IMPLEMENTED].map(([name, versions]) => `${name} (${versions.join(', ')})`).join(', ');
}

import type { DocumentNode } from 'graphql';
import { type Link, linksIn } from './links.ts';

const APOLLO = 'https://specs.apollo.dev';

/** Specifications whose elements the gateway acts on, with the versions that it knows. */
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

/** … of which another version is refused though its link says no purpose: it would change who sees what, at which cost. */
const NEVER_IGNORED = new Set(['join', 'inaccessible', 'context', 'cost', 'authenticated', 'requiresScopes', 'policy']);

/** URLs of all that the gateway implements, versions included. */
export const IMPLEMENTED_URLS: readonly string[] = [...IMPLEMENTED].flatMap(([name, versions]) =>
  versions.map((version) => `${identityOf(name)}/${version}`),
);

/** Returns the identity of one of Apollo's specifications. */
export function identityOf(name: string): string {
  return `${APOLLO}/${name}`;
}

/**
 * Says which links of a supergraph the gateway cannot honour, a sentence or two each: those for security or execution to
 * what it does not implement, and those to a version that it does not know.
 */
export function unsupportedLinks(supergraph: DocumentNode): string[] {
  return linksIn(supergraph).flatMap((link) => problemWith(link) ?? []);
}

function problemWith(link: Link): string | undefined {
  const { url, name, identity, version, purpose } = link;
  const versions = identity === identityOf(name) ? IMPLEMENTED.get(name) : undefined;
  // Composition knows the versions of what subgraphs link it by.
  if (identity === identityOf('federation')) return undefined;
  const mayIgnore = !purpose && !(versions && NEVER_IGNORED.has(name));
  if (mayIgnore || versions?.includes(version)) return undefined;
  const why = purpose ? `is for ${purpose}, but the gateway` : 'cannot be ignored, but the gateway';
  return versions
    ? `The link to ${url} ${why} knows ${name} only in ${versions.length > 1 ? 'versions' : 'version'} ${versions.join(', ')}.`
    : `The link to ${url} ${why} does not implement this specification. It implements ${implemented()}.`;
}

function implemented(): string {
  return [...IMPLEMENTED].map(([name, versions]) => `${name} (${versions.join(', ')})`).join(', ');
}

import type { ConstDirectiveNode, DocumentNode } from 'graphql';
import { type Link, linksIn } from './links.ts';
import { identityOf } from './specifications.ts';

/** A directive defined by a specification. */
interface SpecifiedDirective {
  name: string;
  /** Identities of the specifications that define it; any non-Apollo specification by default. */
  definedBy?: string[];
  /** Its name in a schema that does not link such a specification. */
  unlinkedName: string;
}

/** The `federation` specification redefines, for subgraphs, directives that have separate specifications for supergraphs. */
function ofFederation(name: string, specification?: string): SpecifiedDirective {
  const specifications = [...(specification ? [specification] : []), 'federation'];
  return { name, definedBy: specifications.map(identityOf), unlinkedName: name };
}

function ofJoin(name: string): SpecifiedDirective {
  return { name, definedBy: [identityOf('join')], unlinkedName: `join__${name}` };
}

const DIRECTIVES = {
  authenticated: ofFederation('authenticated', 'authenticated'),
  requiresScopes: ofFederation('requiresScopes', 'requiresScopes'),
  policy: ofFederation('policy', 'policy'),
  cost: ofFederation('cost', 'cost'),
  listSize: ofFederation('listSize', 'cost'),
  tag: ofFederation('tag', 'tag'),
  inaccessible: ofFederation('inaccessible', 'inaccessible'),
  key: ofFederation('key'),
  external: ofFederation('external'),
  requires: ofFederation('requires'),
  provides: ofFederation('provides'),
  // Not Apollo's: a supergraph has them by `@composeDirective`, with the subgraph's own link.
  cacheControl: { name: 'cacheControl', unlinkedName: 'cacheControl' },
  listBound: { name: 'listBound', unlinkedName: 'listBound' },
  joinType: ofJoin('type'),
  joinField: ofJoin('field'),
} satisfies Record<string, SpecifiedDirective>;

/** A directive that this system implements. */
export type KnownDirective = keyof typeof DIRECTIVES;

/** Resolves the local names of directives in one schema, by the URLs of the specifications that it links. */
export class DirectiveNames {
  readonly #links: readonly Link[];
  readonly #known = new Map<KnownDirective, ReadonlySet<string>>();

  constructor(schema: DocumentNode) {
    this.#links = linksIn(schema);
  }

  /** Returns the applications of a directive on a schema element. */
  applied(
    directive: KnownDirective,
    { directives = [] }: { readonly directives?: readonly ConstDirectiveNode[] | undefined },
  ): ConstDirectiveNode[] {
    if (directives.length === 0) return [];
    const names = this.of(directive);
    return directives.filter(({ name }) => names.has(name.value));
  }

  /** Returns all local names of a directive. */
  of(directive: KnownDirective): ReadonlySet<string> {
    const known = this.#known.get(directive);
    if (known) return known;
    const names = new Set(this.#namesOf(DIRECTIVES[directive]));
    this.#known.set(directive, names);
    return names;
  }

  /** Returns the schema's link to the `link` or `core` specification; undefined if it has no links. */
  get linking(): Link | undefined {
    return this.#links.find(({ identity }) => identity === identityOf('link') || identity === identityOf('core'));
  }

  /** Whether the schema links a specification that defines the directive. */
  isLinked(directive: KnownDirective): boolean {
    const { definedBy = [] }: SpecifiedDirective = DIRECTIVES[directive];
    return this.#links.some(({ identity }) => definedBy.includes(identity));
  }

  /** Whether a type is part of a linked specification, such as `join__Graph`. */
  isSpecified(typeName: string): boolean {
    return this.#links.some(
      ({ namespace, imports }) =>
        typeName.startsWith(`${namespace}__`) || [...imports.values()].some((names) => names.includes(typeName)),
    );
  }

  /** Whether a link defines a directive of this name. */
  isTaken(name: string): boolean {
    return this.#isImported(name) || this.#links.some(({ namespace }) => isWithin(namespace, name));
  }

  #namesOf({ name, definedBy, unlinkedName }: SpecifiedDirective): string[] {
    const links = this.#links.filter(({ identity }) =>
      definedBy ? definedBy.includes(identity) : !isApolloSpecification(identity),
    );
    const linked = links.flatMap((link) => this.#namesByLink(link, name));
    const isLinked = definedBy !== undefined && links.length > 0;
    return isLinked || this.isTaken(unlinkedName) ? linked : [...linked, unlinkedName];
  }

  /** A directive has its imported names and its namespaced name, unless another import has that name. */
  #namesByLink({ imports, namespace, name: specification }: Link, name: string): string[] {
    const imported = (imports.get(`@${name}`) ?? []).map((each) => each.replace(/^@/, ''));
    const prefixed = name === specification ? namespace : `${namespace}__${name}`;
    return this.#isImported(prefixed) ? imported : [...imported, prefixed];
  }

  #isImported(name: string): boolean {
    return this.#links.some(({ imports }) => [...imports.values()].some((names) => names.includes(`@${name}`)));
  }
}

function isWithin(namespace: string, name: string): boolean {
  return name === namespace || name.startsWith(`${namespace}__`);
}

function isApolloSpecification(identity: string): boolean {
  return identity.startsWith(identityOf(''));
}

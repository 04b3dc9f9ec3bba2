import type { ConstDirectiveNode, DocumentNode } from 'graphql';
import { type Link, linksIn } from './links.ts';
import { identityOf } from './specifications.ts';

/** A directive of a specification. */
interface SpecifiedDirective {
  name: string;
  /** Identities of the specifications that define it; those of anyone's own where it is left out. */
  definedBy?: string[];
  /** Its name in a schema that links no specification with it. */
  unlinkedName: string;
}

/** `federation` defines again, for subgraphs, what specifications of their own define for supergraphs. */
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
  // No specification of Apollo has these: a supergraph gets them by `@composeDirective`, with the link that a subgraph gives them.
  cacheControl: { name: 'cacheControl', unlinkedName: 'cacheControl' },
  listBound: { name: 'listBound', unlinkedName: 'listBound' },
  joinType: ofJoin('type'),
  joinField: ofJoin('field'),
} satisfies Record<string, SpecifiedDirective>;

/** A directive that the system acts on. */
export type KnownDirective = keyof typeof DIRECTIVES;

/** Tells the names of directives in one schema: a directive is what its specification's URL says, whatever it is called. */
export class DirectiveNames {
  readonly #links: readonly Link[];
  readonly #known = new Map<KnownDirective, ReadonlySet<string>>();

  constructor(schema: DocumentNode) {
    this.#links = linksIn(schema);
  }

  /** Returns the applications of a directive among those of one element of the schema. */
  applied(
    directive: KnownDirective,
    { directives = [] }: { readonly directives?: readonly ConstDirectiveNode[] | undefined },
  ): ConstDirectiveNode[] {
    if (directives.length === 0) return [];
    const names = this.of(directive);
    return directives.filter(({ name }) => names.has(name.value));
  }

  /** Returns all names that a directive has in the schema. */
  of(directive: KnownDirective): ReadonlySet<string> {
    const known = this.#known.get(directive);
    if (known) return known;
    const names = new Set(this.#namesOf(DIRECTIVES[directive]));
    this.#known.set(directive, names);
    return names;
  }

  /** Returns the name under which the schema has the linking directive and its specification; undefined if it links nothing. */
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

  /** Whether some link gives a meaning to the name of a directive. */
  isTaken(name: string): boolean {
    return this.#isImported(name) || this.#links.some(({ namespace }) => isWithin(namespace, name));
  }

  #namesOf({ name, definedBy, unlinkedName }: SpecifiedDirective): string[] {
    const links = this.#links.filter(({ identity }) =>
      definedBy ? definedBy.includes(identity) : !isApollos(identity),
    );
    const linked = links.flatMap((link) => this.#namesByLink(link, name));
    const isLinked = definedBy !== undefined && links.length > 0;
    return isLinked || this.isTaken(unlinkedName) ? linked : [...linked, unlinkedName];
  }

  /** An element has the names that it is imported as, and one in the namespace, unless something else is imported as that. */
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

function isApollos(identity: string): boolean {
  return identity.startsWith(identityOf(''));
}

import {
  type DirectiveNode,
  type DocumentNode,
  type FragmentSpreadNode,
  type InlineFragmentNode,
  Kind,
  visit,
} from 'graphql';
import type { DeferredFragment } from '../program.ts';

type FragmentNode = InlineFragmentNode | FragmentSpreadNode;

/** The active `@defer` directives of a document: those without `if: false`. */
export class DeferredFragments {
  readonly all: DeferredFragment[] = [];
  readonly #indexes = new Map<FragmentNode, number>();
  #expansions = 0;

  constructor(document: DocumentNode) {
    const add = (node: FragmentNode) => {
      const directive = deferOf(node);
      if (!directive) return;
      this.#indexes.set(node, this.all.length);
      this.all.push(deferredFragment(directive));
    };
    visit(document, { InlineFragment: add, FragmentSpread: add });
  }

  /** Returns the index of a deferred fragment; undefined for other fragments. */
  indexOf(node: FragmentNode): number | undefined {
    return this.#indexes.get(node);
  }

  /** Returns the directive for the planner, which needs another label for each expansion of a fragment. */
  plannedDirective(index: number): DirectiveNode {
    const label = `${index}_${this.#expansions++}`;
    return {
      kind: Kind.DIRECTIVE,
      name: { kind: Kind.NAME, value: 'defer' },
      arguments: [
        {
          kind: Kind.ARGUMENT,
          name: { kind: Kind.NAME, value: 'label' },
          value: { kind: Kind.STRING, value: label },
        },
      ],
    };
  }
}

/** Returns the index of the deferred fragment from a label of `plannedDirective`. */
export function indexOfLabel(label: string | undefined): number {
  return Number.parseInt(label ?? '', 10);
}

/** Whether a document has any `@defer`. */
export function usesDefer(document: DocumentNode): boolean {
  return new DeferredFragments(document).all.length > 0;
}

/** Removes `@defer`: for clients without incremental delivery all of it, else where its `if` argument is `false`. */
export function removeDefer(document: DocumentNode, incremental: boolean): DocumentNode {
  return visit(document, {
    Directive: (node) => {
      if (!isDefer(node)) return undefined;
      const condition = argumentOf(node, 'if');
      const isOff = condition?.kind === Kind.BOOLEAN && !condition.value;
      return isOff || !incremental ? null : undefined;
    },
  });
}

function deferredFragment(directive: DirectiveNode): DeferredFragment {
  const label = argumentOf(directive, 'label');
  const condition = argumentOf(directive, 'if');
  return {
    ...(label?.kind === Kind.STRING && { label: label.value }),
    ...(condition?.kind === Kind.VARIABLE && { when: [{ variable: condition.name.value, is: true }] }),
  };
}

function deferOf({ directives = [] }: FragmentNode): DirectiveNode | undefined {
  return directives.find(isDefer);
}

export function isDefer({ name }: DirectiveNode): boolean {
  return name.value === 'defer';
}

function argumentOf({ arguments: given = [] }: DirectiveNode, name: string) {
  return given.find((each) => each.name.value === name)?.value;
}

import type { Condition, EntityFetch, Program, ProgramFetch } from '../program.ts';
import { Projection } from './projection.ts';
import { type RepresentationShape, representationShape } from './representation.ts';
import { Merger } from './response-data.ts';
import { SelectionSet } from './selection-set.ts';
import { mergedOperation, operationOf, type SubgraphOperation } from './subgraph-operation.ts';
import { type VariableCoercer, variableCoercer } from './variables.ts';

/** A fetch with its precomputed operation and representation shape. */
export interface CompiledFetch {
  index: number;
  fetch: ProgramFetch;
  operation: SubgraphOperation;
  shape: RepresentationShape;
  /** Equal for entity fetches with the same selection, regardless of their operations' names. */
  joinKey: string;
  /** Indexes of the fetches that depend on this one. */
  dependents: number[];
}

/** Selections and projection for one set of values of the variables in `@skip`, `@include` and `@defer`. */
export interface View {
  root: SelectionSet;
  /** The selections with those of deferred fragments. */
  all: SelectionSet;
  projection: Projection;
  /** Indexes of the fragments that are delivered later. */
  deferred: ReadonlySet<number>;
}

/** Maximum number of cached views per program. The cache is cleared when full: lru-cache would add 19 KB to a cold start. */
const MAX_VIEWS = 16;

const NO_ENTITIES = { representation: [], selection: '', definitions: {} };

/** A program with everything precomputed that does not depend on the request. */
export class CompiledProgram {
  readonly program: Program;
  readonly fetches: CompiledFetch[];
  /** Number of fetches by call. */
  readonly callSizes: number[] = [];
  readonly coerceVariables: VariableCoercer;
  readonly merger: Merger;
  readonly #switches: string[];
  readonly #views = new Map<string, View>();
  readonly #merged = new Map<string, SubgraphOperation>();

  constructor(program: Program) {
    this.program = program;
    const shapeOf = sharedShapes();
    this.fetches = program.fetches.map((fetch, index) => ({
      index,
      fetch,
      operation: operationOf(fetch),
      shape: shapeOf(fetch),
      joinKey: joinKeyOf(fetch),
      dependents: program.fetches.flatMap(({ after }, other) => (after.includes(index) ? [other] : [])),
    }));
    for (const { call } of program.fetches) this.callSizes[call] = (this.callSizes[call] ?? 0) + 1;
    this.merger = new Merger(program);
    this.coerceVariables = variableCoercer(program);
    this.#switches = conditionVariables(program);
  }

  /** Returns the view for these variables. */
  view(values: Readonly<Record<string, unknown>>): View {
    const key = this.#switches.map((name) => (values[name] === true ? '1' : '0')).join('');
    const known = this.#views.get(key);
    if (known) return known;
    const holds = (when: Condition[] | undefined) => conditionsHold(when, values);
    const deferred = new Set<number>();
    for (const [index, { when }] of (this.program.deferred ?? []).entries()) if (holds(when)) deferred.add(index);
    const selectionSet = (isDeferred: (index: number) => boolean) =>
      new SelectionSet({ program: this.program, holds, isDeferred }, [
        { selections: this.program.selections, isWithheld: false },
      ]);
    const root = selectionSet((index) => deferred.has(index));
    const all = deferred.size > 0 ? selectionSet(() => false) : root;
    const view = { root, all, projection: new Projection(this.program, root), deferred };
    if (this.#views.size >= MAX_VIEWS) this.#views.clear();
    this.#views.set(key, view);
    return view;
  }

  /** Returns the operation of a call that these fetches share. */
  operationFor(fetches: CompiledFetch[]): SubgraphOperation {
    const [first] = fetches;
    if (first && fetches.length === 1) return first.operation;
    const key = fetches.map(({ index }) => index).join();
    const known = this.#merged.get(key);
    if (known) return known;
    const operation = mergedOperation(fetches.map(({ fetch }) => fetch));
    this.#merged.set(key, operation);
    return operation;
  }
}

function joinKeyOf({ entities }: ProgramFetch): string {
  return entities ? JSON.stringify([entities.selection, entities.definitions, entities.directives]) : '';
}

/** Returns a function that creates representation shapes, one for all fetches with equal representations. */
function sharedShapes(): (fetch: ProgramFetch) => RepresentationShape {
  const shapes = new Map<string, RepresentationShape>();
  return ({ entities = NO_ENTITIES }) => {
    const { representation, typenames }: EntityFetch = entities;
    const key = JSON.stringify([representation, typenames]);
    const shape = shapes.get(key) ?? representationShape(entities);
    shapes.set(key, shape);
    return shape;
  };
}

/** Whether all conditions hold; a variable without a value is false. */
export function conditionsHold(when: Condition[] | undefined, values: Readonly<Record<string, unknown>>): boolean {
  return when === undefined || when.every(({ variable, is }) => (values[variable] === true) === is);
}

/** Returns the names of the variables used in `@skip`, `@include` and `@defer`. */
function conditionVariables({ selections, fragments, deferred = [] }: Program): string[] {
  const names = new Set<string>();
  JSON.stringify([selections, fragments, deferred], (key, value) => {
    if (key === 'when') for (const { variable } of value) names.add(variable);
    return value;
  });
  return [...names];
}

import type { Condition, EntityFetch, Program, ProgramFetch } from '../program.ts';
import { Projection } from './projection.ts';
import { type RepresentationShape, representationShape } from './representation.ts';
import { Merger } from './response-data.ts';
import { SelectionSet } from './selection-set.ts';
import { mergedOperation, operationOf, type SubgraphOperation } from './subgraph-operation.ts';
import { type VariableReader, variableReader } from './variables.ts';

/** A fetch, ready to run. */
export interface CompiledFetch {
  index: number;
  fetch: ProgramFetch;
  operation: SubgraphOperation;
  shape: RepresentationShape;
  /** The same for joins that ask for the same, whatever their operations are called. */
  asks: string;
  /** Fetches, by index, that need this one's data. */
  dependents: number[];
}

/** How an operation's answer is made, for certain values of the variables in `@skip` and `@include`. */
export interface View {
  root: SelectionSet;
  projection: Projection;
}

/**
 * Views kept of one program, of 2 to the number of variables in `@skip` and `@include`. A map that is cleared when full:
 * lru-cache would add 19 KB to what each cold start loads.
 */
const MAX_VIEWS = 16;

const NO_ENTITIES = { representation: [], selection: '', definitions: {} };

/** A program with its steps compiled: what is the same for each request is done once. */
export class CompiledProgram {
  readonly program: Program;
  readonly fetches: CompiledFetch[];
  /** How many fetches each call may carry. */
  readonly callSizes: number[] = [];
  readonly readVariables: VariableReader;
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
      asks: askedFor(fetch),
      dependents: program.fetches.flatMap(({ after }, other) => (after.includes(index) ? [other] : [])),
    }));
    for (const { call } of program.fetches) this.callSizes[call] = (this.callSizes[call] ?? 0) + 1;
    this.merger = new Merger(program);
    this.readVariables = variableReader(program);
    this.#switches = switchesOf(program);
  }

  /** How the answer is made with these variables. */
  view(values: Readonly<Record<string, unknown>>): View {
    const key = this.#switches.map((name) => (values[name] === true ? '1' : '0')).join('');
    const known = this.#views.get(key);
    if (known) return known;
    const holds = (when: Condition[] | undefined) => doAllHold(when, values);
    const root = new SelectionSet({ program: this.program, holds }, [
      { selections: this.program.selections, isWithheld: false },
    ]);
    const view = { root, projection: new Projection(this.program, root) };
    if (this.#views.size >= MAX_VIEWS) this.#views.clear();
    this.#views.set(key, view);
    return view;
  }

  /** The operation of a call that carries these fetches. */
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

function askedFor({ entities }: ProgramFetch): string {
  return entities ? JSON.stringify([entities.selection, entities.definitions, entities.directives]) : '';
}

/** Makes the shapes of representations: fetches that ask for the same share one. */
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

/** Whether conditions hold; a variable without a value is false. */
export function doAllHold(when: Condition[] | undefined, values: Readonly<Record<string, unknown>>): boolean {
  return when === undefined || when.every(({ variable, is }) => (values[variable] === true) === is);
}

/** The variables that decide what is in the answer. */
function switchesOf({ selections, fragments }: Program): string[] {
  const names = new Set<string>();
  JSON.stringify([selections, fragments], (key, value) => {
    if (key === 'when') for (const { variable } of value) names.add(variable);
    return value;
  });
  return [...names];
}

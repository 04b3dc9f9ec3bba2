import type { Condition, FieldSelection, Program, Selection } from '../program.ts';

/** A merged response field of an object type. */
export interface ResponseField {
  key: string;
  field: string;
  /** The key in subgraph data. */
  source: string;
  /** The field's type, as in SDL; undefined for a meta field. */
  type: string | undefined;
  /** Every selection of it is withheld from the viewer. */
  withheld: boolean;
  select: SelectionSet;
}

/** A program with fixed values of the variables in `@skip` and `@include`. */
export interface Operation {
  program: Program;
  holds: (conditions: Condition[] | undefined) => boolean;
}

/** Selections with one parent field. */
export interface SelectionPart {
  selections: Selection[];
  /** The parent field is withheld, and so are these selections. */
  isWithheld: boolean;
}

/** A field selection, withheld by itself or by its part. */
interface CollectedField {
  selection: FieldSelection;
  isWithheld: boolean;
}

/** Selections on one position of the response, merged by response key for each runtime type on first use. */
export class SelectionSet {
  readonly #operation: Operation;
  readonly #parts: SelectionPart[];
  readonly #byType = new Map<string, ResponseField[]>();

  constructor(operation: Operation, parts: SelectionPart[]) {
    this.#operation = operation;
    this.#parts = parts;
  }

  /** Returns the merged fields of an object type, or of an interface if the object type is unknown; https://spec.graphql.org/October2021/#CollectFields() */
  fieldsOf(type: string): ResponseField[] {
    const known = this.#byType.get(type);
    if (known) return known;
    const fields = this.#mergeFields(type);
    this.#byType.set(type, fields);
    return fields;
  }

  #mergeFields(type: string): ResponseField[] {
    const byKey = new Map<string, CollectedField[]>();
    for (const part of this.#parts) this.#collect(part, type, byKey, new Set());
    return [...byKey.values()].flatMap((collected) => this.#responseField(collected, type));
  }

  #collect(
    { selections, isWithheld }: SelectionPart,
    type: string,
    byKey: Map<string, CollectedField[]>,
    spread: Set<string>,
  ): void {
    const { program, holds } = this.#operation;
    for (const selection of selections) {
      if (!holds(selection.when)) continue;
      if ('field' in selection) {
        const collected = { selection, isWithheld: isWithheld || selection.withheld === true };
        const known = byKey.get(selection.key);
        if (known) known.push(collected);
        else byKey.set(selection.key, [collected]);
        continue;
      }
      if (selection.on && !this.#applies(selection.on, type)) continue;
      if ('select' in selection) this.#collect({ selections: selection.select, isWithheld }, type, byKey, spread);
      else if (!spread.has(selection.fragment)) {
        spread.add(selection.fragment);
        const inFragment = program.fragments[selection.fragment] ?? [];
        this.#collect({ selections: inFragment, isWithheld }, type, byKey, spread);
      }
    }
  }

  #applies(condition: string, type: string): boolean {
    if (condition === type) return true;
    const { types } = this.#operation.program;
    const [outer, inner] = [types[condition], types[type]];
    if (outer?.kind !== 'abstract') return false;
    return inner?.kind === 'abstract'
      ? inner.possible.every((each) => outer.possible.includes(each))
      : outer.possible.includes(type);
  }

  /** A field can be withheld as an interface's field, but allowed as the object type's. */
  #responseField(collected: CollectedField[], type: string): ResponseField[] {
    const [first] = collected;
    if (!first) return [];
    const { key, field, source = field } = first.selection;
    const parent = this.#operation.program.types[type];
    return [
      {
        key,
        field,
        source,
        type: parent && 'fields' in parent ? parent.fields[field] : undefined,
        withheld: collected.every(({ isWithheld }) => isWithheld),
        select: new SelectionSet(
          this.#operation,
          collected.flatMap(({ selection: { select: selections }, isWithheld }) =>
            selections ? [{ selections, isWithheld }] : [],
          ),
        ),
      },
    ];
  }
}

import type { Condition, FieldSelection, Program, Selection } from '../program.ts';

/** A field that an object of a certain type has in the answer. */
export interface ResponseField {
  key: string;
  field: string;
  /** The key in the data that subgraphs gave. */
  source: string;
  /** The field's type, as in SDL; nothing for a meta field. */
  type: string | undefined;
  /** The viewer may not see it, however it is selected. */
  withheld: boolean;
  select: SelectionSet;
}

/** What an operation comes to for certain values of the variables in `@skip` and `@include`. */
export interface Operation {
  program: Program;
  holds: (conditions: Condition[] | undefined) => boolean;
}

/** Some of the selections on one place. */
export interface SelectionPart {
  selections: Selection[];
  /** They stand in a field that the viewer may not see: whatever they select is withheld. */
  isWithheld: boolean;
}

/** A selection of a field, with what its part says of it. */
interface CollectedField {
  selection: FieldSelection;
  isWithheld: boolean;
}

/** Selections on one place, merged field by field for each type that an object there may have, when it is first met. */
export class SelectionSet {
  readonly #operation: Operation;
  readonly #parts: SelectionPart[];
  readonly #byType = new Map<string, ResponseField[]>();

  constructor(operation: Operation, parts: SelectionPart[]) {
    this.#operation = operation;
    this.#parts = parts;
  }

  /** The fields of an object of a type, or of an interface where that is all that is known; https://spec.graphql.org/October2021/#CollectFields() */
  fieldsOf(type: string): ResponseField[] {
    const known = this.#byType.get(type);
    if (known) return known;
    const fields = this.#merged(type);
    this.#byType.set(type, fields);
    return fields;
  }

  #merged(type: string): ResponseField[] {
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

  /** A field may be selected as one of an interface, which is withheld, and as one of the object's type, which is not. */
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

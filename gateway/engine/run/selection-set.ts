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

/** A program with fixed values of the variables in `@skip`, `@include` and `@defer`. */
export interface Operation {
  program: Program;
  holds: (conditions: Condition[] | undefined) => boolean;
  /** Whether the fragment with this index is delivered later. */
  isDeferred: (index: number) => boolean;
}

/** The selections of a deferred fragment. */
export interface DeferredSelections {
  /** Index in the program's deferred fragments. */
  deferred: number;
  select: SelectionSet;
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

interface MergedSelections {
  fields: ResponseField[];
  deferred: DeferredSelections[];
}

/** Selections on one position of the response, merged by response key for each runtime type on first use. */
export class SelectionSet {
  readonly #operation: Operation;
  readonly #parts: SelectionPart[];
  readonly #byType = new Map<string, MergedSelections>();

  constructor(operation: Operation, parts: SelectionPart[]) {
    this.#operation = operation;
    this.#parts = parts;
  }

  /** Returns the merged fields of an object type, or of an interface if the object type is unknown; https://spec.graphql.org/October2021/#CollectFields() */
  fieldsOf(type: string): ResponseField[] {
    return this.#merged(type).fields;
  }

  /** Returns the deferred fragments of an object type. */
  deferredOf(type: string): DeferredSelections[] {
    return this.#merged(type).deferred;
  }

  #merged(type: string): MergedSelections {
    const known = this.#byType.get(type);
    if (known) return known;
    const collected = new CollectedSelections();
    for (const part of this.#parts) {
      collected.spread.clear();
      this.#collect(part, type, collected);
    }
    const merged = {
      fields: [...collected.byKey.values()].flatMap((each) => this.#responseField(each, type)),
      deferred: [...collected.deferred].map(([deferred, parts]) => ({
        deferred,
        select: new SelectionSet(this.#operation, parts),
      })),
    };
    this.#byType.set(type, merged);
    return merged;
  }

  #collect({ selections, isWithheld }: SelectionPart, type: string, into: CollectedSelections): void {
    const { program, holds, isDeferred } = this.#operation;
    for (const selection of selections) {
      if (!holds(selection.when)) continue;
      if ('field' in selection) {
        into.addField({ selection, isWithheld: isWithheld || selection.withheld === true });
        continue;
      }
      const { deferred, ...fragment } = selection;
      if (deferred !== undefined && isDeferred(deferred)) {
        // The type condition is checked again with the fragment's data: only then may the runtime type be known.
        if (!selection.on || this.#mayApply(selection.on, type))
          into.addDeferred(deferred, { selections: [fragment], isWithheld });
        continue;
      }
      if (selection.on && !this.#applies(selection.on, type)) continue;
      const selections = 'select' in selection ? selection.select : (program.fragments[selection.fragment] ?? []);
      const part = { selections, isWithheld };
      if ('select' in selection || into.isFirstSpread(selection.fragment)) this.#collect(part, type, into);
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

  /** Whether a condition applies, or may apply to an object of which only an interface is known. */
  #mayApply(condition: string, type: string): boolean {
    const { types } = this.#operation.program;
    const inner = types[type];
    return inner?.kind === 'abstract'
      ? inner.possible.some((each) => this.#applies(condition, each))
      : this.#applies(condition, type);
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

/** The selections that apply to one type, while they are collected. */
class CollectedSelections {
  readonly byKey = new Map<string, CollectedField[]>();
  readonly deferred = new Map<number, SelectionPart[]>();
  /** Names of the fragments that the current part has spread. */
  readonly spread = new Set<string>();

  addField(field: CollectedField): void {
    const known = this.byKey.get(field.selection.key);
    if (known) known.push(field);
    else this.byKey.set(field.selection.key, [field]);
  }

  isFirstSpread(fragment: string): boolean {
    const { size } = this.spread;
    return this.spread.add(fragment).size > size;
  }

  addDeferred(index: number, part: SelectionPart): void {
    this.deferred.set(index, [...(this.deferred.get(index) ?? []), part]);
  }
}

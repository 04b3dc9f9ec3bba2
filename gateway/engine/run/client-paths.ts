import type { Program } from '../program.ts';
import { namedTypeOf } from '../type-ref.ts';
import type { ResponsePath } from './error-report.ts';
import { type Entity, isEntity } from './representation.ts';
import type { SelectionSet } from './selection-set.ts';

/** Maximum number of response paths reported for one subgraph error. */
const MAX_CLIENT_PATHS = 100;

interface Place {
  path: ResponsePath;
  type: string;
  select: SelectionSet;
  value: unknown;
  /** The rest of the subgraph's path is not part of the client's selections. */
  isEnd?: true;
}

/**
 * Maps paths in subgraph data to paths in the client's response, where a field may have several keys. A field that only
 * the plan needed maps to its nearest selected ancestors.
 */
export function clientPaths(paths: ResponsePath[], data: Entity, program: Program, root: SelectionSet): ClientPaths {
  const places = paths.flatMap((path) => placesAt(path, data, program, root));
  const exact = places.filter(({ isEnd }) => !isEnd);
  const found = exact.length > 0 ? exact : places;
  return { isExact: exact.length > 0, paths: found.slice(0, MAX_CLIENT_PATHS).map(({ path }) => path) };
}

export interface ClientPaths {
  /** Whether the paths are of the fields themselves, not of selected ancestors. */
  isExact: boolean;
  paths: ResponsePath[];
}

function placesAt(path: ResponsePath, data: Entity, program: Program, root: SelectionSet): Place[] {
  let places: Place[] = [{ path: [], type: program.root, select: root, value: data }];
  for (const step of path) {
    places = places.flatMap((place) => (place.isEnd ? [place] : next(place, step, program))).slice(0, MAX_CLIENT_PATHS);
  }
  return places;
}

function next(place: Place, step: string | number, program: Program): Place[] {
  const { path, type, select, value } = place;
  if (typeof step === 'number') {
    return [{ ...place, path: [...path, step], value: Array.isArray(value) ? value[step] : undefined }];
  }
  const fields = runtimeTypes(type, value, program).map((each) =>
    select
      .fieldsOf(each)
      .filter(({ source, field, withheld }) => source === step && !withheld && !field.startsWith('__')),
  );
  const found = fields.find((each) => each.length > 0);
  if (!found) return [{ ...place, isEnd: true }];
  return found.map((field) => ({
    path: [...path, field.key],
    type: namedTypeOf(field.type ?? ''),
    select: field.select,
    value: isEntity(value) ? value[step] : undefined,
  }));
}

/** Returns the object's type, or all possible types if it is unknown. */
function runtimeTypes(type: string, value: unknown, { types }: Program): string[] {
  const known = types[type];
  if (known?.kind !== 'abstract') return known?.kind === 'object' ? [type] : [];
  const runtimeType = isEntity(value) ? value.__typename : undefined;
  return typeof runtimeType === 'string' && known.possible.includes(runtimeType) ? [runtimeType] : known.possible;
}

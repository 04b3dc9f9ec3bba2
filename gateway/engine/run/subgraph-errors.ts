import type { GraphQLErrorExtensions, GraphQLFormattedError } from 'graphql';
import type { Program, ProgramFetch } from '../program.ts';
import { clientPaths } from './client-paths.ts';
import type { View } from './compiled-program.ts';
import { ErrorReport, type ResponsePath } from './error-report.ts';
import type { Join, JoinPart } from './join.ts';
import type { Entity } from './representation.ts';
import { visitEntities } from './response-data.ts';
import type { SelectionSet } from './selection-set.ts';
import { SubgraphFailure } from './subgraph-failure.ts';

/** Code of subgraph errors without one. */
const DEFAULT_CODE = 'DOWNSTREAM_SERVICE_ERROR';

/** Reports subgraph errors to the client, with paths mapped to the client's response. */
export class SubgraphErrors {
  /** Errors of the initial response. */
  readonly initial = new ErrorReport();
  /** Errors of fetches for the initial response, in fields that only deferred fragments select. */
  readonly #fetchedEarly = new ErrorReport();
  readonly #deferred: ErrorReport[];
  readonly #data: Entity;
  readonly #program: Program;
  readonly #view: View;

  constructor(data: Entity, program: Program, view: View) {
    this.#data = data;
    this.#program = program;
    this.#view = view;
    this.#deferred = (program.deferred ?? []).map(() => new ErrorReport());
  }

  /** Returns a report with the errors that concern a deferred fragment of the object at a path. */
  deferredReport(deferred: number, path: ResponsePath): ErrorReport {
    const report = new ErrorReport();
    for (const each of [this.#deferred[deferred], this.#fetchedEarly]) if (each) report.addConcerning(path, each);
    return report;
  }

  /** Adds the errors of a root fetch. */
  addRootErrors(fetch: ProgramFetch, errors: readonly GraphQLFormattedError[]): void {
    for (const error of errors) {
      const path = originalNames(error.path ?? [], fetch);
      this.#add(error, fetch, path.length > 0 ? [[...keysOf(fetch), ...path]] : fetchPaths(fetch));
    }
  }

  /** Adds the errors of a call for entities. Their paths begin with the part's key and the entity's index. */
  addEntityErrors(parts: JoinPart[], errors: readonly GraphQLFormattedError[]): void {
    for (const error of errors) {
      const [key, index, ...rest] = error.path ?? [];
      const joins = parts.filter((part) => key === undefined || part.key === key).flatMap((part) => part.joins);
      const paths = joins.flatMap((join) =>
        this.#entityPaths(join, index).map((path) => [...path, ...originalNames(rest, join.fetch.fetch)]),
      );
      const [{ fetch } = {}] = joins;
      if (fetch)
        this.#add(error, fetch.fetch, paths.length > 0 ? paths : joins.flatMap((join) => fetchPaths(join.fetch.fetch)));
    }
  }

  /** Adds the failure of a call without a response to all of its fetches. Rethrows other errors. */
  addFailure(failure: unknown, fetches: ProgramFetch[]): void {
    if (!(failure instanceof SubgraphFailure)) throw failure;
    for (const fetch of fetches) {
      const message = `The service "${fetch.service}" ${failure.message}`;
      this.#add({ message, extensions: { code: failure.code } }, fetch, fetchPaths(fetch));
    }
  }

  /** Returns the paths of the objects that the entity at an index is merged into. */
  #entityPaths({ fetch, targets, indexes }: Join, index: unknown): ResponsePath[] {
    const affected = new Set(targets.filter((_, position) => indexes[position] === index));
    const paths: ResponsePath[] = [];
    if (affected.size === 0) return paths;
    visitEntities(this.#data, fetch.fetch.path, (entity, at) => {
      if (affected.has(entity)) paths.push(at);
    });
    return paths;
  }

  #add({ message, extensions }: GraphQLFormattedError, fetch: ProgramFetch, dataPaths: ResponsePath[]): void {
    const publicExtensions = { ...toPublicExtensions(extensions), serviceName: fetch.service };
    const { report, paths } = this.#placesOf(fetch, dataPaths);
    for (const path of paths.length > 0 ? paths : [undefined]) {
      report.add(message || `The service "${fetch.service}" failed.`, path, publicExtensions);
    }
  }

  /** Returns the report for an error of a fetch, and its paths in the client's response. */
  #placesOf({ deferred }: ProgramFetch, dataPaths: ResponsePath[]): { report: ErrorReport; paths: ResponsePath[] } {
    const { root, all, deferred: isLater } = this.#view;
    const pathsIn = (selections: SelectionSet) => clientPaths(dataPaths, this.#data, this.#program, selections);
    const report = deferred !== undefined && isLater.has(deferred) ? this.#deferred[deferred] : undefined;
    if (report) return { report, paths: pathsIn(all).paths };
    const { isExact, paths } = pathsIn(root);
    const later = isExact || root === all ? undefined : pathsIn(all);
    return later?.isExact ? { report: this.#fetchedEarly, paths: later.paths } : { report: this.initial, paths };
  }
}

/** Returns the paths of a fetch's data: of each root field, or up to the first list. */
function fetchPaths(fetch: ProgramFetch): ResponsePath[] {
  const keys = keysOf(fetch);
  return fetch.keys ? fetch.keys.map((key) => [...keys, key]) : [keys];
}

function keysOf({ path }: ProgramFetch): string[] {
  const end = path.indexOf('@');
  return path.slice(0, end < 0 ? path.length : end).filter((step) => typeof step === 'string');
}

/** Restores the names in an error's path that the plan aliased. */
function originalNames(path: readonly (string | number)[], { renames }: ProgramFetch): ResponsePath {
  return path.map((step) => renames?.find(({ from }) => from === step)?.to ?? step);
}

/** Removes stack traces and HTTP options from a subgraph error's extensions, and adds the default code. */
function toPublicExtensions(extensions: GraphQLErrorExtensions | undefined): GraphQLErrorExtensions {
  const { stacktrace: _, exception: __, http: ___, code, ...rest } = extensions ?? {};
  return { ...rest, code: typeof code === 'string' ? code : DEFAULT_CODE };
}

/** Errors at a path of responses, and below it. */
interface PathErrors {
  children: Record<string, PathErrors>;
  errorsCount: number;
  requestsWithErrorsCount: number;
}

/** Counts errors by path. */
export class ErrorStats {
  readonly root = noErrors();
  /** Number of requests with errors. */
  requests = 0;

  /** Adds the errors of one request, each with its path. */
  add(paths: readonly (readonly string[])[]): void {
    if (paths.length === 0) return;
    const places = new Set<PathErrors>();
    for (const path of paths) {
      const place = this.#at(path);
      place.errorsCount++;
      places.add(place);
    }
    for (const place of places) place.requestsWithErrorsCount++;
    this.requests++;
  }

  #at(path: readonly string[]): PathErrors {
    let place = this.root;
    for (const step of path) {
      place.children[step] ??= noErrors();
      place = place.children[step];
    }
    return place;
  }
}

function noErrors(): PathErrors {
  // Any name may be a response key, `__proto__` included.
  return { children: Object.create(null), errorsCount: 0, requestsWithErrorsCount: 0 };
}

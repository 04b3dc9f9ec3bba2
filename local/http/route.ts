/** A route of the API and its function. */
export interface Route {
  /** `GET`, …, or `ANY`. */
  method: string;
  /** `/pets`, `/pets/{id}`, `/pets/{rest+}`, or `$default`. */
  path: string;
  functionName: string;
  /** Alias or version. */
  qualifier: string;
  /** Integration timeout in milliseconds: at most, and by default, 30,000. */
  timeoutMs?: number;
}

/** A route and its path parameters in a request. */
export interface RouteMatch {
  route: Route;
  pathParameters: Record<string, string>;
}

/**
 * Returns the most specific route for a request: a literal segment wins over a variable, a variable over a greedy one, and
 * `$default` comes last. Among equal paths, an exact method wins over `ANY`.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html#http-api-develop-routes.evaluation
 */
export function matchRoute(routes: Route[], method: string, path: string): RouteMatch | undefined {
  const [best] = routes
    .filter((route) => route.method === method || route.method === 'ANY')
    .flatMap((route) => {
      const pathParameters = parametersOf(route.path, path);
      return pathParameters ? [{ route, pathParameters }] : [];
    })
    .sort((a, b) => compare(specificity(b.route), specificity(a.route)));
  return best;
}

const VARIABLE = /^\{([^+}]+)(\+?)\}$/;

/** Returns the path parameters; undefined if the path does not match. */
function parametersOf(template: string, path: string): Record<string, string> | undefined {
  if (template === '$default') return {};
  const expected = template.split('/');
  const actual = path.split('/');
  const parameters: Record<string, string> = {};
  for (const [i, segment] of expected.entries()) {
    const [, name, greedy] = VARIABLE.exec(segment) ?? [];
    const value = greedy ? actual.slice(i).join('/') : actual[i];
    if (name ? !value : segment !== value) return undefined;
    if (name && value) parameters[name] = value;
    if (greedy) return parameters;
  }
  return actual.length === expected.length ? parameters : undefined;
}

/** Returns a sort key with one character per segment and one for the method, greater if more specific. */
function specificity({ method, path }: Route): string {
  const ranks = path === '$default' ? [] : path.split('/').map((segment) => rank(VARIABLE.exec(segment)));
  return [...ranks, method === 'ANY' ? 0 : 1].join('');
}

function rank(variable: RegExpExecArray | null): number {
  if (!variable) return 4;
  return variable[2] ? 2 : 3;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

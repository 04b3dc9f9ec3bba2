/** A route of the API and the function it leads to. */
export interface Route {
  /** `GET`, …, or `ANY`. */
  method: string;
  /** `/pets`, `/pets/{id}`, `/pets/{rest+}`, or `$default`. */
  path: string;
  functionName: string;
  /** The alias or version that is invoked. */
  qualifier: string;
  /** Milliseconds that the integration may take: 30,000 at most, and where it is left out. */
  timeoutMs?: number;
}

/** A route with what its path's variables stand for in one request. */
export interface RouteMatch {
  route: Route;
  pathParameters: Record<string, string>;
}

/**
 * The route for a request: a literal segment goes before a variable, a variable before a greedy one, `$default` is last;
 * among equal paths the very method goes before `ANY`.
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

/** The variables of a path, or undefined where the path is another. */
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

/** A character a segment, greater for the more specific; the method decides last. */
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

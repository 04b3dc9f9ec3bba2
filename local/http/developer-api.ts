import type { IncomingMessage, ServerResponse } from 'node:http';
import type { SystemDescription } from '../assembly/describe-system.ts';
import type { LoggedLine } from '../logs/recent-log.ts';

/** State of an alarm. */
export interface AlarmSummary {
  name: string;
  state: string;
  reason: string;
  /** Epoch milliseconds. */
  since: number;
}

/** Operations for the pages of the local system. */
export interface DeveloperApi {
  /** Replaces the environments of all functions. */
  restartFunctions: () => Promise<void>;
  /** Returns the log lines of a request. */
  logOf: (requestId: string) => LoggedLine[];
  description: () => SystemDescription;
  alarms: () => AlarmSummary[];
  /** Sets the clock of alarms and deployments ahead. */
  setClockAhead: (milliseconds: number) => Promise<void>;
}

interface Route {
  method: string;
  path: RegExp;
  /** Returns the body; undefined if there is none. */
  run: (api: DeveloperApi, parameter: string) => Promise<string | undefined>;
}

const ROUTES: Route[] = [
  {
    method: 'POST',
    path: /^\/functions\/restart$/,
    run: async ({ restartFunctions }) => {
      await restartFunctions();
      return undefined;
    },
  },
  {
    method: 'GET',
    path: /^\/logs\/([\w=+-]+)$/,
    run: async ({ logOf }, requestId) =>
      logOf(requestId)
        .map((each) => `${JSON.stringify(each)}\n`)
        .join(''),
  },
  {
    method: 'GET',
    path: /^\/system$/,
    run: async ({ description }) => `${JSON.stringify(description())}\n`,
  },
  {
    method: 'GET',
    path: /^\/alarms$/,
    run: async ({ alarms }) =>
      alarms()
        .map((each) => `${JSON.stringify(each)}\n`)
        .join(''),
  },
  {
    method: 'POST',
    path: /^\/clock\/ahead\/(\d{1,6})$/,
    run: async ({ setClockAhead }, seconds) => {
      await setClockAhead(Number(seconds) * 1_000);
      return undefined;
    },
  },
];

const NO_STORE = { 'cache-control': 'no-store' };

/** Serves a request of the developer API; returns false if it is for another path. */
export async function serveDeveloperApi(
  api: DeveloperApi,
  path: string,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<boolean> {
  const route = ROUTES.find((each) => each.path.test(path));
  if (!route) return false;
  incoming.resume();
  if (!isOwnPage(incoming)) refuse(outgoing, 403, 'Only pages of this system may call this address.');
  else if (incoming.method !== route.method) refuse(outgoing, 405, `Use ${route.method}.`, { allow: route.method });
  else {
    const body = await route.run(api, route.path.exec(path)?.[1] ?? '');
    outgoing.writeHead(body === undefined ? 204 : 200, { ...NO_STORE, 'content-type': 'application/jsonl' }).end(body);
  }
  return true;
}

/** A host name of this machine: any other may be a website's, resolved to this machine. */
const LOCAL_HOST = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;
/** Requests of the same origin, and those that a user enters; https://www.w3.org/TR/fetch-metadata/#sec-fetch-site-header */
const OWN_SITES = ['same-origin', 'none'];

/** Whether a request comes from a page of this system, or from a program that is not a browser. */
function isOwnPage({ headers }: IncomingMessage): boolean {
  const { host = '', origin, 'sec-fetch-site': site = 'none' } = headers;
  const isSameOrigin = origin === undefined || origin === `http://${host}`;
  return LOCAL_HOST.test(host) && isSameOrigin && OWN_SITES.includes(String(site));
}

function refuse(outgoing: ServerResponse, status: number, message: string, headers: Record<string, string> = {}): void {
  outgoing
    .writeHead(status, { ...NO_STORE, ...headers, 'content-type': 'application/json' })
    .end(JSON.stringify({ message }));
}

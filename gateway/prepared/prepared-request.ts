import { idOf } from './operation-store.ts';
import type { AskedOperation } from './prepared-operation.ts';

/** A client's HTTP request. */
export interface ClientRequest {
  method: string;
  /** Names in lower case. */
  headers: Readonly<Record<string, string | string[] | undefined>>;
  /** What follows the `?` in the address. */
  search: string;
  /** Undefined if there is none that is text. */
  body: string | undefined;
}

/** A request that names an operation by its id, or brings a text that may be a prepared one's. */
export interface PreparedRequest extends AskedOperation {
  method: 'GET' | 'POST';
  variables: Record<string, unknown>;
  /** Of the answer. */
  contentType: string;
}

const JSON_TYPE = 'application/json; charset=utf-8';
const RESPONSE_TYPE = 'application/graphql-response+json; charset=utf-8';

/** What Apollo Server answers to the usual `Accept` headers; any other is left to it. */
const CONTENT_TYPES: Record<string, string | undefined> = {
  '*/*': JSON_TYPE,
  'application/json': JSON_TYPE,
  'application/graphql-response+json': RESPONSE_TYPE,
  'application/graphql-response+json,application/json;q=0.9': RESPONSE_TYPE,
};

/** Members of a request that are read here; one with any other is left to Apollo Server. */
const MEMBERS = new Set(['query', 'documentId', 'operationName', 'variables', 'extensions']);

type Members = Record<string, unknown>;

/**
 * Reads a plain request for what may be a prepared operation; undefined for all that is unusual: whoever answers those says
 * what is wrong with them.
 */
export function preparedRequest(request: ClientRequest, maxBytes: number): PreparedRequest | undefined {
  const { method, headers } = request;
  const contentType = CONTENT_TYPES[String(headers.accept ?? '*/*')];
  if (!contentType || (method !== 'POST' && method !== 'GET')) return undefined;
  const members = method === 'POST' ? bodyOf(request, maxBytes) : searchOf(request);
  if (!members) return undefined;
  for (const name in members) if (!MEMBERS.has(name)) return undefined;
  const { operationName, variables, query, extensions } = members;
  // The text is to be stored under its hash.
  if (query && hashIn(extensions) !== undefined) return undefined;
  if (!isObjectOrNothing(extensions)) return undefined;
  const id = idIn(members);
  if (id === undefined || !isTextOrNothing(operationName) || !isObjectOrNothing(variables)) return undefined;
  if (operationName === '') return undefined;
  const asked = { id, operationName: operationName ?? undefined, byText: Boolean(query) };
  return { ...asked, method, variables: variables ?? {}, contentType };
}

/** The id that a request gives, or its text's; undefined where it gives none, or several that differ. */
export function idIn({ query, documentId, extensions }: Readonly<Members>): string | undefined {
  const ids = [documentId, hashIn(extensions), typeof query === 'string' && query ? idOf(query) : query];
  const [given, ...others] = new Set(ids.filter((each) => each !== undefined && each !== null));
  return typeof given === 'string' && others.length === 0 ? given : undefined;
}

/** `{"persistedQuery": {"version": 1, "sha256Hash": "…"}}` */
function hashIn(extensions: unknown): unknown {
  const { persistedQuery } = (extensions ?? {}) as { persistedQuery?: { sha256Hash?: unknown } };
  return persistedQuery?.sha256Hash;
}

function bodyOf({ headers, body }: ClientRequest, maxBytes: number): Members | undefined {
  if (!body || isLonger(body, maxBytes)) return undefined;
  if (!String(headers['content-type']).startsWith('application/json')) return undefined;
  return parsed(body);
}

/** A character is a byte at least: the bytes of what has too many of them need not be counted. */
function isLonger(text: string, bytes: number): boolean {
  return text.length > bytes || Buffer.byteLength(text) > bytes;
}

function searchOf({ search, headers }: ClientRequest): Members | undefined {
  const given = [...new URLSearchParams(search)].map(([name, value]) => [nameInSearch(name), value]);
  const members: Members = Object.fromEntries(given);
  // A text in an address is Apollo Server's matter, which wants a sign that no foreign page sends it.
  if (headers['content-type'] !== undefined || 'query' in members) return undefined;
  if (Object.keys(members).length < given.length) return undefined;
  for (const name of ['variables', 'extensions']) {
    if (members[name] === undefined) continue;
    const value = parsed(String(members[name]));
    if (!value) return undefined;
    members[name] = value;
  }
  return members;
}

/** An address may be short: `?id=` stands for `?documentId=`. */
export function nameInSearch(name: string): string {
  return name === 'id' ? 'documentId' : name;
}

/** The JSON object of a text. */
function parsed(text: string): Members | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObjectOrNothing(value) ? (value ?? undefined) : undefined;
  } catch {
    return undefined;
  }
}

function isTextOrNothing(value: unknown): value is string | null | undefined {
  return value === undefined || value === null || typeof value === 'string';
}

function isObjectOrNothing(value: unknown): value is Members | null | undefined {
  return value === undefined || (typeof value === 'object' && !Array.isArray(value));
}

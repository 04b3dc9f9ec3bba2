import { existsSync, readFileSync, statSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join, sep } from 'node:path';

/** A folder of built files that browsers load as one page. */
export interface Page {
  directory: string;
  /** Path of the page itself. */
  home: string;
  /** Path of its files, with a slash at its end. */
  files: string;
  /** https://developer.mozilla.org/docs/Web/HTTP/Guides/CSP */
  policy: string;
  /** Whether the page has more paths, under that of its files, that it tells apart itself. */
  hasPaths?: boolean;
}

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
};

/** Builds put files there under a hash of their content: what a name stands for never changes. */
const HASHED = /[\\/]assets[\\/][^\\/]+$/;

/** Serves the file of a page; tells whether the request was for one. */
export function servePage(pages: Page[], { method, url = '/' }: IncomingMessage, outgoing: ServerResponse): boolean {
  if (method !== 'GET' && method !== 'HEAD') return false;
  const path = pathOf(url);
  for (const page of pages) {
    const file = path && fileOf(page, path);
    if (!file) continue;
    outgoing.writeHead(200, {
      'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
      'content-security-policy': page.policy,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      'cache-control': HASHED.test(file) ? 'public, max-age=31536000, immutable' : 'no-cache',
    });
    outgoing.end(method === 'GET' ? readFileSync(file) : undefined);
    return true;
  }
  return false;
}

/** The path of an address, or undefined for one that says nothing. */
function pathOf(url: string): string | undefined {
  try {
    return decodeURIComponent(new URL(url, 'http://localhost').pathname);
  } catch {
    return undefined;
  }
}

function fileOf({ directory, home, files, hasPaths }: Page, path: string): string | undefined {
  if (path === home || `${path}/` === home) return existing(directory, 'index.html');
  if (!path.startsWith(files)) return undefined;
  const isPath = hasPaths && extname(path) === '';
  return existing(directory, path.slice(files.length)) ?? (isPath ? existing(directory, 'index.html') : undefined);
}

/** A file within a folder; nothing that lies outside of it. */
function existing(directory: string, name: string): string | undefined {
  const file = join(directory, name);
  return file.startsWith(directory + sep) && existsSync(file) && statSync(file).isFile() ? file : undefined;
}

/** A page may load from its own origin alone. GraphiQL writes style elements, and its icons are data. */
const EXPLORER_POLICY =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; worker-src 'self' blob:";
/** Pictures that a client shows may lie anywhere. */
const WEB_CLIENT_POLICY =
  "default-src 'self'; img-src 'self' data: https:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/** The pages beside the API, from the folders of their built files. */
export function systemPages({ explorer, webClient }: { explorer: string; webClient?: string }): Page[] {
  const own = { directory: explorer, home: '/', files: '/explorer/', policy: EXPLORER_POLICY };
  if (!webClient) return [own];
  return [own, { directory: webClient, home: '/app/', files: '/app/', policy: WEB_CLIENT_POLICY, hasPaths: true }];
}

import { existsSync, readFileSync, statSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join, sep } from 'node:path';

/** A web page and the folder of its built files. */
export interface Page {
  directory: string;
  /** URL path of the page. */
  home: string;
  /** URL path of its files, with a trailing slash. */
  files: string;
  /** Content security policy, https://developer.mozilla.org/docs/Web/HTTP/Guides/CSP */
  policy: string;
  /** Whether the page routes other paths below `files` itself. */
  hasClientRoutes?: boolean;
}

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
};

/** Files with a content hash in their name, which never change. */
const HASHED_FILE = /[\\/]assets[\\/][^\\/]+$/;

/** Serves a page or its file; returns false if the request is for neither. */
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
      'cache-control': HASHED_FILE.test(file) ? 'public, max-age=31536000, immutable' : 'no-cache',
    });
    outgoing.end(method === 'GET' ? readFileSync(file) : undefined);
    return true;
  }
  return false;
}

/** Returns the decoded path of a URL; undefined if it is malformed. */
function pathOf(url: string): string | undefined {
  try {
    return decodeURIComponent(new URL(url, 'http://localhost').pathname);
  } catch {
    return undefined;
  }
}

function fileOf({ directory, home, files, hasClientRoutes }: Page, path: string): string | undefined {
  if (path === home || `${path}/` === home) return existingFile(directory, 'index.html');
  if (!path.startsWith(files)) return undefined;
  const isClientRoute = hasClientRoutes && extname(path) === '';
  return (
    existingFile(directory, path.slice(files.length)) ??
    (isClientRoute ? existingFile(directory, 'index.html') : undefined)
  );
}

/** Returns the path of a file in a folder; undefined if it does not exist or is outside the folder. */
function existingFile(directory: string, name: string): string | undefined {
  const file = join(directory, name);
  return file.startsWith(directory + sep) && existsSync(file) && statSync(file).isFile() ? file : undefined;
}

/** GraphiQL adds inline styles, and its icons and fonts are data URLs. */
const EXPLORER_POLICY =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; worker-src 'self' blob:";
/** Pictures may come from any host. */
const WEB_CLIENT_POLICY =
  "default-src 'self'; img-src 'self' data: https:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/** Returns the explorer's page, and the web client's if it is built. */
export function systemPages({ explorer, webClient }: { explorer: string; webClient?: string }): Page[] {
  const explorerPage = { directory: explorer, home: '/', files: '/explorer/', policy: EXPLORER_POLICY };
  if (!webClient) return [explorerPage];
  const webClientPage = { directory: webClient, home: '/app/', files: '/app/', policy: WEB_CLIENT_POLICY };
  return [explorerPage, { ...webClientPage, hasClientRoutes: true }];
}

import { existsSync, readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { extname, join } from 'node:path';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
};

/** The page may load from its own origin alone. GraphiQL writes style elements, and its icons are data. */
const POLICY =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; worker-src 'self' blob:";

/** Serves the explorer's built files at `/` and `/explorer/`; tells whether the path was one of them. */
export function serveExplorer(directory: string, path: string, outgoing: ServerResponse): boolean {
  const [, name = path === '/' ? 'index.html' : ''] = /^\/explorer\/([\w.-]+)$/.exec(path) ?? [];
  const file = join(directory, name);
  if (!name || !existsSync(file)) return false;
  outgoing.writeHead(200, {
    'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
    'content-security-policy': POLICY,
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-cache',
  });
  outgoing.end(readFileSync(file));
  return true;
}

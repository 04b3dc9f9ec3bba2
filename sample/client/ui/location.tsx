import { type AnchorHTMLAttributes, type MouseEvent, useSyncExternalStore } from 'react';

/** Where the page is served, without the slash at its end. */
const BASE = import.meta.env.BASE_URL.replace(/\/$/, '');
const MOVED = 'moved';
let moved = false;

/** Where the reader is: a path within the app, and what follows the question mark. */
export interface Place {
  path: string;
  search: URLSearchParams;
}

/** Where the reader is, now and after each move. */
export function usePlace(): Place {
  const { pathname, search } = new URL(useSyncExternalStore(onMove, () => window.location.href));
  return { path: pathname.slice(BASE.length) || '/', search: new URLSearchParams(search) };
}

/** Moves to a place within the app. */
export function go(to: string): void {
  moved = true;
  window.history.pushState(null, '', BASE + to);
  window.scrollTo(0, 0);
  window.dispatchEvent(new Event(MOVED));
}

/** Whether the reader has come to where they are from within the app. */
export function hasMoved(): boolean {
  return moved;
}

/** A link within the app. */
export function Link({ to, ...rest }: { to: string } & AnchorHTMLAttributes<HTMLAnchorElement>) {
  const isHere = usePlace().path === to;
  return (
    <a {...rest} href={BASE + to} aria-current={isHere ? 'page' : undefined} onClick={(event) => follow(event, to)} />
  );
}

/** The browser follows by itself what is to open elsewhere. */
function follow(event: MouseEvent, to: string): void {
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  go(to);
}

function onMove(listener: () => void): () => void {
  window.addEventListener('popstate', listener);
  window.addEventListener(MOVED, listener);
  return () => {
    window.removeEventListener('popstate', listener);
    window.removeEventListener(MOVED, listener);
  };
}

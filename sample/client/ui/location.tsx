import { type AnchorHTMLAttributes, type MouseEvent, useSyncExternalStore } from 'react';

/** Base path of the app, without a trailing slash. */
const BASE = import.meta.env.BASE_URL.replace(/\/$/, '');
const NAVIGATED = 'navigated';
let navigated = false;

/** Path within the app, and query parameters. */
export interface AppLocation {
  path: string;
  search: URLSearchParams;
}

/** Returns the current location, updated on navigation. */
export function useLocation(): AppLocation {
  const { pathname, search } = new URL(useSyncExternalStore(onNavigate, () => window.location.href));
  return { path: pathname.slice(BASE.length) || '/', search: new URLSearchParams(search) };
}

/** Navigates to a path within the app. */
export function navigate(to: string): void {
  navigated = true;
  window.history.pushState(null, '', BASE + to);
  window.scrollTo(0, 0);
  window.dispatchEvent(new Event(NAVIGATED));
}

/** Whether the current page was reached by navigation within the app. */
export function hasNavigated(): boolean {
  return navigated;
}

/** A link within the app. */
export function Link({ to, ...rest }: { to: string } & AnchorHTMLAttributes<HTMLAnchorElement>) {
  const isHere = useLocation().path === to;
  return (
    <a {...rest} href={BASE + to} aria-current={isHere ? 'page' : undefined} onClick={(event) => follow(event, to)} />
  );
}

/** Navigates on a plain click. The browser handles clicks that open a new tab. */
function follow(event: MouseEvent, to: string): void {
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  navigate(to);
}

function onNavigate(listener: () => void): () => void {
  window.addEventListener('popstate', listener);
  window.addEventListener(NAVIGATED, listener);
  return () => {
    window.removeEventListener('popstate', listener);
    window.removeEventListener(NAVIGATED, listener);
  };
}

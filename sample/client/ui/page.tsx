import { type ReactNode, useEffect, useRef } from 'react';
import { hasNavigated } from './location.tsx';

/** A page with its title. Focuses the title after navigation, so that screen readers continue there. */
export function Page({ title, className, children }: { title: string; className?: string; children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (hasNavigated()) heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <div className={className}>
      <title>{`${title} · Homestay`}</title>
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      {children}
    </div>
  );
}

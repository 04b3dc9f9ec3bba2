import { type ReactNode, useEffect, useRef } from 'react';
import { hasMoved } from './location.tsx';

/** A page with its title, which takes the focus after a move so that screen readers go on from there. */
export function Page({ title, className, children }: { title: string; className?: string; children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (hasMoved()) heading.current?.focus({ preventScroll: true });
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

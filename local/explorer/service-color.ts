import { type CSSProperties, createContext, use } from 'react';

/** Colours in explorer.css: `--service-0` to `--service-7`. */
const COLORS = 8;

/** Names of the graph's services, sorted. A service has one colour in all panels, by its position. */
export const Services = createContext<readonly string[]>([]);

/** Returns a function that gives the style of a service's colour, for elements that use `--service`. */
export function useServiceColor(): (service: string) => CSSProperties {
  const services = use(Services);
  return (service) => {
    const position = services.indexOf(service);
    return { '--service': position < 0 ? 'var(--muted)' : `var(--service-${position % COLORS})` } as CSSProperties;
  };
}

import { useServiceColor } from './service-color.ts';

/** Service's name with its colour. */
export function ServiceName({ name }: { name: string }) {
  const color = useServiceColor();
  return (
    <span className="service-name" style={color(name)}>
      {name}
    </span>
  );
}

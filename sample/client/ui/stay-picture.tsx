/** The listing fields that a picture needs. */
interface PictureSource {
  id: string;
  photo: string | null;
}

const HOUSE = 46;
const HEIGHT = 200;
const STREET = 9;
const FLOOR = 26;
const WALLS = ['#a9533b', '#c98a5e', '#7f6a5a', '#8b9a7b', '#b9ab92', '#6f8591'];
const SKIES = ['#dfeaf0', '#f6e3cf', '#e7e2f0', '#d9ebe0', '#f3dcd6'];

/** The photo of a listing, or else a row of houses drawn from its id. */
export function StayPicture({ of: { id, photo }, houses = 7 }: { of: PictureSource; houses?: number }) {
  if (photo) return <img className="picture" src={photo} alt="" loading="lazy" />;
  const next = randomNumbers(id);
  const width = houses * HOUSE;
  const sky = pick(SKIES, next());
  const sun = { x: (0.1 + 0.8 * next()) * width, y: 26 + next() * 26 };
  return (
    <svg className="picture" viewBox={`0 0 ${width} ${HEIGHT}`} preserveAspectRatio="xMidYMax slice" aria-hidden="true">
      <rect width={width} height={HEIGHT} fill={sky} />
      <circle cx={sun.x} cy={sun.y} r="15" fill="#fff" opacity="0.75" />
      {Array.from({ length: houses }, (_, place) => house(place * HOUSE, next))}
      <rect y={HEIGHT - STREET} width={width} height={STREET} fill="#4d4a46" />
    </svg>
  );
}

function house(x: number, next: () => number) {
  const floors = 2 + Math.floor(next() * 4);
  const height = 22 + floors * FLOOR;
  const y = HEIGHT - STREET - height;
  const rows = Array.from({ length: floors }, (_, floor) => y + 14 + floor * FLOOR);
  return (
    <g key={x}>
      <rect x={x} y={y} width={HOUSE} height={height} fill={pick(WALLS, next())} />
      <rect x={x - 1} y={y - 4} width={HOUSE + 2} height="6" fill="#00000038" />
      {rows.flatMap((top) => [8, 26].map((side) => window(x + side, top, next() > 0.6)))}
    </g>
  );
}

function window(x: number, y: number, isLit: boolean) {
  const fill = isLit ? '#ffdf8e' : '#ffffff8c';
  return <rect key={`${x} ${y}`} x={x} y={y} width="12" height="14" rx="1" fill={fill} />;
}

function pick<T>(list: T[], fraction: number): T | undefined {
  return list[Math.floor(fraction * list.length)];
}

/** Returns a generator of pseudo-random numbers from 0 to 1, seeded by a text: https://en.wikipedia.org/wiki/Linear_congruential_generator */
function randomNumbers(text: string): () => number {
  let state = [...text].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) >>> 0, 7);
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** What a picture is drawn from. */
interface Pictured {
  id: string;
  photo: string | null;
}

const WIDTH = 320;
const HEIGHT = 200;
const HOUSES = 7;
const WALLS = ['#a9533b', '#c98a5e', '#7f6a5a', '#8b9a7b', '#b9ab92', '#6f8591'];
const SKIES = ['#dfeaf0', '#f6e3cf', '#e7e2f0', '#d9ebe0', '#f3dcd6'];

/** The photo of a stay; for one that has none, a street of houses that is always the same for the same stay. */
export function StayPicture({ of: { id, photo } }: { of: Pictured }) {
  if (photo) return <img className="picture" src={photo} alt="" loading="lazy" />;
  const next = numbersFrom(id);
  const sky = pick(SKIES, next());
  const houses = Array.from({ length: HOUSES }, (_, i) => house(i, next));
  return (
    <svg className="picture" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="xMidYMax slice" aria-hidden="true">
      <rect width={WIDTH} height={HEIGHT} fill={sky} />
      <circle cx={30 + next() * 260} cy={26 + next() * 26} r="15" fill="#fff" opacity="0.75" />
      {houses}
      <rect y={HEIGHT - 9} width={WIDTH} height="9" fill="#4d4a46" />
    </svg>
  );
}

function house(place: number, next: () => number) {
  const width = WIDTH / HOUSES;
  const floors = 2 + Math.floor(next() * 4);
  const height = 22 + floors * 26;
  const x = place * width;
  const y = HEIGHT - 9 - height;
  const rows = Array.from({ length: floors }, (_, floor) => y + 14 + floor * 26);
  return (
    <g key={place}>
      <rect x={x} y={y} width={width} height={height} fill={pick(WALLS, next())} />
      <rect x={x - 1} y={y - 4} width={width + 2} height="6" fill="#00000038" />
      {rows.map((top) =>
        [0.16, 0.58].map((side) => (
          <rect
            key={`${top} ${side}`}
            x={x + side * width}
            y={top}
            width={width * 0.26}
            height="14"
            rx="1"
            fill={next() > 0.6 ? '#ffdf8e' : '#ffffff8c'}
          />
        )),
      )}
    </g>
  );
}

function pick<T>(list: readonly [T, ...T[]] | T[], fraction: number): T | undefined {
  return list[Math.floor(fraction * list.length)];
}

/** Numbers from 0 to 1 that a text decides: https://en.wikipedia.org/wiki/Linear_congruential_generator */
function numbersFrom(text: string): () => number {
  let state = [...text].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) >>> 0, 7);
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

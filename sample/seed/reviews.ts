/** A guest who writes reviews. */
export interface SeedGuest {
  id: string;
  name: string;
  email: string;
  role: 'GUEST';
  about: string;
  memberSince: string;
}

/** `ImportedReview` of the reviews service. */
export interface SeedReview {
  /** Id of a past stay that is not in this system. */
  bookingId: string;
  subject: 'LISTING' | 'HOST';
  subjectId: string;
  authorId: string;
  rating: number;
  text: string;
  writtenAt: string;
}

const NAMES = [
  'Ada Moreau',
  'Bob Okafor',
  'Chiara Rossi',
  'Dmitri Volkov',
  'Elif Demir',
  'Farid Haddad',
  'Grace Kim',
  'Hugo Lindqvist',
  'Ines Duarte',
  'Jonas Weber',
  'Keiko Tanaka',
  'Liam Byrne',
  'Maya Patel',
  'Nils Berg',
  'Olivia Santos',
  'Priya Nair',
  'Quentin Leroy',
  'Rosa Jimenez',
  'Samuel Cohen',
  'Thandi Nkosi',
  'Uma Rao',
  'Viktor Novak',
  'Wanda Kowalska',
  'Yusuf Ali',
];

/** Review texts by rating. */
const TEXTS: Record<number, string[]> = {
  1: [
    'The place was not as described, and nobody answered our messages.',
    'We left after one night: noise until morning.',
  ],
  2: ['The street is loud and the bed is tired. The price is fair for what it is.', 'Check-in took two hours.'],
  3: ['A decent base for a short stay; do not expect comfort.', 'Good location, small room, thin walls.'],
  4: [
    'Lovely neighbourhood and a thoughtful host. The shower could be stronger.',
    'We would come again; bring earplugs.',
  ],
  5: [
    'Spotless, quiet, and two minutes from the train.',
    'The best host we have had: tips, coffee and a late check-out.',
  ],
};

/** Distribution of ratings, mostly good. */
const RATINGS = [5, 4, 5, 3, 5, 4, 2, 5, 4, 4, 5, 1];
const HOUR = 3_600_000;
const FIRST_REVIEW = Date.UTC(2025, 0, 3);

/** The sample guests. */
export const GUESTS: SeedGuest[] = NAMES.map((name, i) => ({
  id: `guest${i + 1}`,
  name,
  email: `${name.split(' ')[0]?.toLowerCase()}@example.com`,
  role: 'GUEST',
  about: `${name.split(' ')[0]} likes to see how other people live.`,
  memberSince: new Date(Date.UTC(2019, i % 12, 1 + i)).toISOString(),
}));

/** Returns up to three reviews of each listing, and reviews of some hosts. Deterministic. */
export function reviewsOf(listings: { id: string; hostId: string }[]): SeedReview[] {
  return listings.flatMap(({ id, hostId }, i) => {
    const ofListing = Array.from({ length: (i * 7) % 4 }, (_, n) => review(i * 5 + n * 11, id, 'LISTING', id));
    return i % 3 === 0 ? [...ofListing, review(i, id, 'HOST', hostId)] : ofListing;
  });
}

function review(n: number, listingId: string, subject: SeedReview['subject'], subjectId: string): SeedReview {
  const rating = RATINGS[n % RATINGS.length] ?? 5;
  const texts = TEXTS[rating] ?? [];
  const authorId = GUESTS[n % GUESTS.length]?.id ?? '';
  return {
    bookingId: `past-${listingId}-${authorId}`,
    subject,
    subjectId,
    authorId,
    rating,
    text: texts[n % texts.length] ?? '',
    writtenAt: new Date(FIRST_REVIEW + n * HOUR).toISOString(),
  };
}

/** Members, in the form of the identity provider's users. */
export const USERS = [
  { id: 'ada', email: 'ada@example.com', name: 'Ada Moreau', groups: [] },
  { id: 'lin', email: 'lin@example.com', name: 'Lin Okafor', groups: ['librarian'] },
];

/** Books, each with the e-mail address of its owner. */
export const BOOKS = [
  {
    owner: 'ada@example.com',
    title: 'Middlemarch',
    author: 'George Eliot',
    genre: 'novel',
    pages: 880,
    publishedIn: 1871,
  },
  {
    owner: 'ada@example.com',
    title: 'The Waste Land',
    author: 'T. S. Eliot',
    genre: 'poetry',
    pages: 64,
    publishedIn: 1922,
  },
  {
    owner: 'lin@example.com',
    title: 'Opticks',
    author: 'Isaac Newton',
    genre: 'science',
    pages: 414,
    publishedIn: 1704,
  },
  {
    owner: 'lin@example.com',
    title: 'The Rings of Saturn',
    author: 'W. G. Sebald',
    genre: 'travel',
    pages: 296,
    publishedIn: 1995,
  },
];

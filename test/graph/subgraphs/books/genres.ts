/** All genres. */
export const GENRES = [
  { id: 'novel', name: 'Novels', shelf: 'FICTION' },
  { id: 'poetry', name: 'Poetry', shelf: 'FICTION' },
  { id: 'science', name: 'Science', shelf: 'FACTS' },
  { id: 'travel', name: 'Travel', shelf: 'FACTS' },
] as const;

export type Genre = (typeof GENRES)[number];

export function findGenre(id: string): Genre | undefined {
  return GENRES.find((genre) => genre.id === id);
}

import type { SubjectType } from './review.ts';

/** The data of a booking that this service needs. */
export interface Stay {
  bookingId: string;
  listingId: string;
  hostId: string;
  guestId: string;
  /** Day of departure, ISO 8601. */
  checkOut: string;
  status: 'CONFIRMED' | 'CANCELLED';
  /** The booking's version. The highest wins. */
  version: number;
}

/** Why a stay cannot be reviewed. */
export interface Refusal {
  reason: 'NotYourStay' | 'StayCancelled' | 'StayNotOver';
  message: string;
}

/** Fields with the ids of the author and the subject, by type of subject. */
const SIDES = {
  Listing: { author: 'guestId', subject: 'listingId' },
  Host: { author: 'guestId', subject: 'hostId' },
  Guest: { author: 'hostId', subject: 'guestId' },
} as const;

/** Returns the subject of a stay's review of a type. */
export function subjectOf(stay: Stay, type: SubjectType): { type: SubjectType; id: string } {
  return { type, id: stay[SIDES[type].subject] };
}

/** Returns why a user cannot review a subject of a stay now, or undefined if they can. */
export function refusalOf(stay: Stay, type: SubjectType, { userId, now }: { userId: string; now: Date }) {
  const refusals: { refusal: Refusal; applies: boolean }[] = [
    { refusal: notYourStay(type), applies: stay[SIDES[type].author] !== userId },
    {
      refusal: { reason: 'StayCancelled', message: 'The booking was cancelled.' },
      applies: stay.status === 'CANCELLED',
    },
    {
      refusal: { reason: 'StayNotOver', message: `The stay can be reviewed from ${stay.checkOut}.` },
      applies: now.toISOString().slice(0, 10) < stay.checkOut,
    },
  ];
  return refusals.find(({ applies }) => applies)?.refusal;
}

/** Returns the refusal for another user's stay or one that does not exist, indistinguishably. */
export function notYourStay(type: SubjectType): Refusal {
  const side = SIDES[type].author === 'guestId' ? 'guest' : 'host';
  return { reason: 'NotYourStay', message: `You are not the ${side} of a confirmed stay with that booking id.` };
}

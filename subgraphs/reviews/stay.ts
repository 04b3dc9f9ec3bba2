import type { SubjectType } from './review.ts';

/** A booking, as this service needs it: who stayed where and until when. */
export interface Stay {
  bookingId: string;
  listingId: string;
  hostId: string;
  guestId: string;
  /** The day of departure, ISO 8601. */
  checkOut: string;
  status: 'CONFIRMED' | 'CANCELLED';
  /** The booking's version: of two states of a stay, the one with the higher version is true. */
  version: number;
}

/** Why a stay cannot be reviewed. */
export interface Refusal {
  reason: 'NotYourStay' | 'StayCancelled' | 'StayNotOver';
  message: string;
}

/** Who reviews what of a stay: the fields that hold the author's and the subject's id. */
const SIDES = {
  Listing: { author: 'guestId', subject: 'listingId' },
  Host: { author: 'guestId', subject: 'hostId' },
  Guest: { author: 'hostId', subject: 'guestId' },
} as const;

/** The id of what a stay's review of that type is about. */
export function subjectOf(stay: Stay, type: SubjectType): { type: SubjectType; id: string } {
  return { type, id: stay[SIDES[type].subject] };
}

/** Why a user may not review that of a stay now; undefined if nothing is against it. */
export function refusalOf(stay: Stay, type: SubjectType, { userId, now }: { userId: string; now: Date }) {
  const refusals: { refusal: Refusal; applies: boolean }[] = [
    { refusal: notYourStay(type), applies: stay[SIDES[type].author] !== userId },
    {
      refusal: { reason: 'StayCancelled', message: 'The booking was cancelled: nobody stayed.' },
      applies: stay.status === 'CANCELLED',
    },
    {
      refusal: { reason: 'StayNotOver', message: `The stay can be reviewed from ${stay.checkOut}, when it is over.` },
      applies: now.toISOString().slice(0, 10) < stay.checkOut,
    },
  ];
  return refusals.find(({ applies }) => applies)?.refusal;
}

/** The refusal for a stay that is not the user's, or that does not exist: which of the two is nobody's business. */
export function notYourStay(type: SubjectType): Refusal {
  const side = SIDES[type].author === 'guestId' ? 'guest' : 'host';
  return { reason: 'NotYourStay', message: `You are not the ${side} of a confirmed stay with that booking id.` };
}

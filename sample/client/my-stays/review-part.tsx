import { useState } from 'react';
import type { MyReviewFragment, ReviewSubjectType } from '../__generated__/operations.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Stars } from '../ui/rating.tsx';
import { ReviewForm } from './review-form.tsx';

interface ReviewPartProps {
  /** Id of the booking. */
  booking: string;
  subject: ReviewSubjectType;
  /** The subject in words. */
  what: string;
  review: MyReviewFragment | null;
}

/** What the viewer wrote of one side of a stay, or the way to write it. */
export function ReviewPart({ booking, subject, what, review }: ReviewPartProps) {
  const [isOpen, setOpen] = useState(false);
  if (review) {
    return (
      <p className="my-review">
        <span className="muted">Your review of {what}: </span>
        <Stars rating={review.rating} /> {review.text}
      </p>
    );
  }
  return (
    <>
      <button type="button" className="review-button" onClick={() => setOpen(true)}>
        Review {what}
      </button>
      {isOpen && (
        <Dialog title={`Review ${what}`} onClose={() => setOpen(false)}>
          {(close) => <ReviewForm {...{ booking, subject }} onDone={close} />}
        </Dialog>
      )}
    </>
  );
}

import { useState } from 'react';
import type { MyReviewFragment, ReviewSubjectType } from '../__generated__/operations.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Stars } from '../ui/rating.tsx';
import { ReviewForm } from './review-form.tsx';

interface ReviewSectionProps {
  /** Id of the booking. */
  booking: string;
  subject: ReviewSubjectType;
  /** Name of the subject, such as "the host". */
  label: string;
  review: MyReviewFragment | null;
}

/** Shows the viewer's review of one subject of a stay, or a button to write it. */
export function ReviewSection({ booking, subject, label, review }: ReviewSectionProps) {
  const [isOpen, setOpen] = useState(false);
  if (review) {
    return (
      <p className="my-review">
        <span className="muted">Your review of {label}: </span>
        <Stars rating={review.rating} /> {review.text}
      </p>
    );
  }
  return (
    <>
      <button type="button" className="review-button" onClick={() => setOpen(true)}>
        Review {label}
      </button>
      {isOpen && (
        <Dialog title={`Review ${label}`} onClose={() => setOpen(false)}>
          {(close) => <ReviewForm {...{ booking, subject }} onDone={close} />}
        </Dialog>
      )}
    </>
  );
}

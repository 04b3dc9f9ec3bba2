import type { ApolloCache } from '@apollo/client';
import { useMutation } from '@apollo/client/react';
import { type FormEvent, useId, useRef, useState } from 'react';
import { type ReviewSubjectType, WriteReviewDocument } from '../__generated__/operations.ts';
import { errorMessage } from '../api/problems.ts';
import { Field, FieldProblem, useFocusOnProblem } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';

interface ReviewFormProps {
  /** Id of the booking. */
  booking: string;
  subject: ReviewSubjectType;
  onDone: () => void;
}

/** Error messages by field. */
interface Problems {
  rating?: string;
  text?: string;
}

const RATINGS = [
  [1, 'Bad'],
  [2, 'Poor'],
  [3, 'Fair'],
  [4, 'Good'],
  [5, 'Excellent'],
] as const;

/** Form to review one subject of a past stay. */
export function ReviewForm({ booking, subject, onDone }: ReviewFormProps) {
  const form = useRef<HTMLFormElement>(null);
  const [problems, setProblems] = useState<Problems>();
  const [write, { data, error, loading }] = useMutation(WriteReviewDocument, { errorPolicy: 'all' });
  const result = data?.writeReview;
  useFocusOnProblem(form, problems);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const review = reviewFrom(event.currentTarget);
    const found = problemsOf(review);
    setProblems(found);
    if (found) return;
    const { data: answer } = await write({
      variables: { input: { bookingId: booking, subject, ...review } },
      update: (cache, { data: written }) => {
        const { __typename, ...rest } = written?.writeReview ?? {};
        if (__typename === 'Review' && 'id' in rest) linkReview(cache, booking, subject, rest.id);
      },
    });
    const outcome = answer?.writeReview;
    if (outcome?.__typename === 'Review') onDone();
    if (outcome?.__typename === 'ReviewInvalid') setProblems({ [outcome.field]: outcome.message });
  }

  return (
    <form ref={form} className="review-form" onSubmit={(event) => void submit(event)} noValidate>
      <Rating problem={problems?.rating} />
      <Field label="What was it like?" problem={problems?.text}>
        {(control) => <textarea {...control} name="text" rows={5} />}
      </Field>
      {result && result.__typename !== 'Review' && result.__typename !== 'ReviewInvalid' && (
        <Notice>{result.message}</Notice>
      )}
      {error && <Notice>{errorMessage(error)}</Notice>}
      <div className="actions">
        <button type="button" onClick={onDone}>
          Not now
        </button>
        <button type="submit" className="primary" disabled={loading}>
          {loading ? 'Sending…' : 'Send'}
        </button>
      </div>
    </form>
  );
}

function reviewFrom(form: HTMLFormElement): { rating: number; text: string } {
  const fields = new FormData(form);
  return { rating: Number(fields.get('rating') ?? 0), text: String(fields.get('text') ?? '') };
}

function problemsOf({ rating, text }: { rating: number; text: string }): Problems | undefined {
  if (rating > 0 && text.trim()) return undefined;
  return {
    ...(rating === 0 && { rating: 'Choose a rating.' }),
    ...(!text.trim() && { text: 'Write a few words for other guests.' }),
  };
}

/** Radio buttons for the five ratings. */
function Rating({ problem }: { problem: string | undefined }) {
  const id = useId();
  return (
    <fieldset className="rating-choice" aria-describedby={problem ? id : undefined}>
      <legend>Rating</legend>
      <div>
        {RATINGS.map(([rating, label]) => (
          <label key={rating}>
            <input type="radio" name="rating" value={rating} aria-invalid={Boolean(problem)} />
            <span>
              {rating} <span className="muted">{label}</span>
            </span>
          </label>
        ))}
      </div>
      {problem && <FieldProblem id={id}>{problem}</FieldProblem>}
    </fieldset>
  );
}

/** Links the new review to its booking in the cache, since the response does not include the booking. */
function linkReview(cache: ApolloCache, booking: string, subject: ReviewSubjectType, id: string): void {
  const reference = () => ({ __ref: cache.identify({ __typename: 'Review', id }) });
  const field = subject === 'HOST' ? 'hostReview' : 'listingReview';
  cache.modify({ id: cache.identify({ __typename: 'Booking', id: booking }), fields: { [field]: reference } });
}

import { useMutation } from '@apollo/client/react';
import { type FormEvent, useId, useRef, useState } from 'react';
import { BookStayDocument } from '../__generated__/operations.ts';
import { errorMessage } from '../api/problems.ts';
import { SignInButton } from '../session/sign-in-button.tsx';
import { useSession } from '../session/use-session.ts';
import { Field, useFocusOnProblem } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { BookingProgress } from './booking-progress.tsx';
import { type Days, dayProblems, serviceProblems } from './day-problems.ts';
import { Quote } from './quote.tsx';
import { useQuote } from './use-quote.ts';

interface BookingPanelProps {
  listingId: string;
  minimumNights: number;
}

/** Form to book a stay: dates, price, and the result. */
export function BookingPanel({ listingId, minimumNights }: BookingPanelProps) {
  const id = useId();
  const form = useRef<HTMLFormElement>(null);
  const { session } = useSession();
  const [days, setDays] = useState<Days>({ checkIn: '', checkOut: '' });
  const [attempts, setAttempts] = useState(0);
  const [key, setKey] = useState(newKey);
  const [book, { data, error, loading, reset }] = useMutation(BookStayDocument, { errorPolicy: 'all' });
  const stay = { listingId, ...days };
  const result = data?.bookStay;

  const local = dayProblems(days, today(), minimumNights);
  const isWrong = Object.keys(local).length > 0;
  const isChosen = Boolean(days.checkIn && days.checkOut);
  const quote = useQuote(stay, { skip: isWrong });
  const remote = serviceProblems(result) ?? serviceProblems(quote.listing?.quote);
  const problems = isWrong ? (isChosen || attempts > 0 ? local : {}) : (remote ?? {});
  useFocusOnProblem(form, attempts);

  /** Changes the dates, with a new idempotency key: only a retry for the same dates is the same booking. */
  function choose(change: Partial<Days>) {
    setDays({ ...days, ...change });
    setKey(newKey());
    reset();
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    setAttempts(attempts + 1);
    if (!isWrong && !remote) void book({ variables: { input: { ...stay, idempotencyKey: key } } });
  }

  if (result?.__typename === 'Booking') return <BookingProgress booking={result} />;
  return (
    <div className="booking">
      <form id={id} ref={form} className="days" onSubmit={submit} noValidate>
        <Day
          label="Arrival"
          value={days.checkIn}
          min={today()}
          problem={problems.checkIn}
          onChange={(checkIn) => choose({ checkIn })}
        />
        <Day
          label="Departure"
          value={days.checkOut}
          min={days.checkIn || today()}
          problem={problems.checkOut}
          onChange={(checkOut) => choose({ checkOut })}
        />
      </form>
      {!problems.checkIn && !problems.checkOut && <Quote of={quote} />}
      {result && !serviceProblems(result) && <Notice>{result.message}</Notice>}
      {error && <Notice>{errorMessage(error)}</Notice>}
      {session ? (
        <button type="submit" form={id} className="primary" disabled={loading}>
          {loading ? 'Booking…' : 'Book'}
        </button>
      ) : (
        <SignInButton label="Sign in to book" />
      )}
    </div>
  );
}

interface DayProps {
  label: string;
  value: string;
  min: string;
  problem: string | undefined;
  onChange: (value: string) => void;
}

function Day({ label, value, min, problem, onChange }: DayProps) {
  return (
    <Field label={label} problem={problem}>
      {(control) => (
        <input {...control} type="date" min={min} value={value} onChange={({ target }) => onChange(target.value)} />
      )}
    </Field>
  );
}

function newKey(): string {
  return crypto.randomUUID();
}

/** Days begin at midnight UTC. */
function today(): string {
  return new Date().toISOString().slice(0, 10);
}

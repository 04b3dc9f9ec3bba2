import { useMutation } from '@apollo/client/react';
import { type FormEvent, useId, useState } from 'react';
import { BookStayDocument } from '../__generated__/operations.ts';
import { inWords } from '../api/problems.ts';
import { SignInButton } from '../session/sign-in-button.tsx';
import { useSession } from '../session/use-session.ts';
import { Notice } from '../ui/notice.tsx';
import { BookingProgress } from './booking-progress.tsx';
import { Quote } from './quote.tsx';

/** Books a stay: its days, what they cost, and what becomes of the booking. */
export function BookingPanel({ listingId }: { listingId: string }) {
  const form = useId();
  const { session } = useSession();
  const [days, setDays] = useState({ checkIn: '', checkOut: '' });
  const [key, setKey] = useState(newKey);
  const [book, { data, error, loading, reset }] = useMutation(BookStayDocument, { errorPolicy: 'all' });
  const stay = { listingId, ...days };
  const result = data?.bookStay;

  /** Other days are another booking; the same ones, sent again after a lost answer, are not. */
  function choose(change: Partial<typeof days>) {
    setDays({ ...days, ...change });
    setKey(newKey());
    reset();
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    void book({ variables: { input: { ...stay, idempotencyKey: key } } });
  }

  if (result?.__typename === 'Booking') return <BookingProgress booking={result} />;
  return (
    <div className="booking">
      <form id={form} className="days" onSubmit={submit}>
        <Day label="Arrival" value={days.checkIn} min={today()} onChange={(checkIn) => choose({ checkIn })} />
        <Day
          label="Departure"
          value={days.checkOut}
          min={days.checkIn || today()}
          onChange={(checkOut) => choose({ checkOut })}
        />
      </form>
      <Quote stay={stay} />
      {result && <Notice>{result.message}</Notice>}
      {error && <Notice>{inWords(error)}</Notice>}
      {session ? (
        <button type="submit" form={form} className="primary" disabled={loading}>
          {loading ? 'Booking …' : 'Book'}
        </button>
      ) : (
        <SignInButton words="Sign in to book" />
      )}
    </div>
  );
}

interface DayProps {
  label: string;
  value: string;
  min: string;
  onChange: (value: string) => void;
}

function Day({ label, value, min, onChange }: DayProps) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input id={id} type="date" required min={min} value={value} onChange={({ target }) => onChange(target.value)} />
    </div>
  );
}

function newKey(): string {
  return crypto.randomUUID();
}

/** Days begin at midnight UTC. */
function today(): string {
  return new Date().toISOString().slice(0, 10);
}

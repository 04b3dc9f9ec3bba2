import { useMutation } from '@apollo/client/react';
import { useState } from 'react';
import { CancelBookingDocument } from '../__generated__/operations.ts';
import { inWords } from '../api/problems.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Notice } from '../ui/notice.tsx';

interface CancelButtonProps {
  /** Of the booking. */
  id: string;
  /** The stay in words. */
  stay: string;
}

/** Cancels a booking, once the viewer has said so twice. The cache shows what it is from then on. */
export function CancelButton({ id, stay }: CancelButtonProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button type="button" aria-label={`Cancel ${stay}`} onClick={() => setOpen(true)}>
        Cancel
      </button>
      {isOpen && (
        <Dialog title="Cancel this stay?" onClose={() => setOpen(false)}>
          {(close) => <Confirmation {...{ id, stay }} onDone={close} />}
        </Dialog>
      )}
    </>
  );
}

function Confirmation({ id, stay, onDone }: CancelButtonProps & { onDone: () => void }) {
  const [cancel, { data, error, loading }] = useMutation(CancelBookingDocument, { errorPolicy: 'all' });
  const result = data?.cancelBooking;

  async function confirm() {
    const { data: answer } = await cancel({ variables: { id } });
    if (answer?.cancelBooking.__typename === 'Booking') onDone();
  }

  return (
    <>
      <p>{stay}. What was paid is paid back.</p>
      {result && result.__typename !== 'Booking' && <Notice>{result.message}</Notice>}
      {error && <Notice>{inWords(error)}</Notice>}
      <div className="actions">
        <button type="button" onClick={onDone}>
          Keep it
        </button>
        <button type="button" className="primary" disabled={loading} onClick={() => void confirm()}>
          {loading ? 'Cancelling …' : 'Cancel the stay'}
        </button>
      </div>
    </>
  );
}

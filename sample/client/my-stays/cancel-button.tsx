import { useMutation } from '@apollo/client/react';
import { useState } from 'react';
import { CancelBookingDocument } from '../__generated__/operations.ts';
import { errorMessage } from '../api/problems.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Notice } from '../ui/notice.tsx';

interface CancelButtonProps {
  /** Id of the booking. */
  id: string;
  /** Description of the stay. */
  stay: string;
}

/** Cancels a booking after confirmation. The result updates the cache. */
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
      <p>{stay}. Any payment will be refunded.</p>
      {result && result.__typename !== 'Booking' && <Notice>{result.message}</Notice>}
      {error && <Notice>{errorMessage(error)}</Notice>}
      <div className="actions">
        <button type="button" onClick={onDone}>
          Keep the stay
        </button>
        <button type="button" className="primary" disabled={loading} onClick={() => void confirm()}>
          {loading ? 'Cancelling…' : 'Cancel the stay'}
        </button>
      </div>
    </>
  );
}

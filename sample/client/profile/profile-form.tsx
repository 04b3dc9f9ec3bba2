import { useMutation } from '@apollo/client/react';
import { type FormEvent, useRef } from 'react';
import { UpdateProfileDocument } from '../__generated__/operations.ts';
import { errorMessage } from '../api/problems.ts';
import { Field, useFocusOnProblem } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';

/** Form to update name and description. Shows the service's validation errors beside their field. */
export function ProfileForm({ name, about }: { name: string; about: string }) {
  const [save, { data, error, loading }] = useMutation(UpdateProfileDocument, { errorPolicy: 'all' });
  const result = data?.updateProfile;
  const invalid = result?.__typename === 'ProfileInvalid' ? result : undefined;
  const problemOf = (field: string) => (invalid?.field === field ? invalid.message : undefined);
  const element = useRef<HTMLFormElement>(null);
  useFocusOnProblem(element, invalid);

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const input = { name: String(form.get('name')), about: String(form.get('about')) };
    void save({ variables: { input } });
  }

  return (
    <form ref={element} className="profile-form" onSubmit={submit} noValidate>
      <Field label="Name" problem={problemOf('name')}>
        {(control) => <input {...control} name="name" autoComplete="name" defaultValue={name} />}
      </Field>
      <Field label="About you" problem={problemOf('about')}>
        {(control) => <textarea {...control} name="about" defaultValue={about} />}
      </Field>
      {error && <Notice>{errorMessage(error)}</Notice>}
      <div className="actions">
        <p role="status">{result && !invalid && !loading ? 'Saved.' : ''}</p>
        <button type="submit" className="primary" disabled={loading}>
          {loading ? 'Saving…' : 'Save'}
        </button>
      </div>
    </form>
  );
}

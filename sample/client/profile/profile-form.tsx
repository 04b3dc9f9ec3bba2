import { useMutation } from '@apollo/client/react';
import { type FormEvent, useId } from 'react';
import { UpdateProfileDocument } from '../__generated__/operations.ts';
import { inWords } from '../api/problems.ts';
import { Notice } from '../ui/notice.tsx';

/** Changes name and description. What breaks a rule of the service is an answer, shown at its field. */
export function ProfileForm({ name, about }: { name: string; about: string }) {
  const [save, { data, error, loading }] = useMutation(UpdateProfileDocument, { errorPolicy: 'all' });
  const result = data?.updateProfile;
  const broken = result?.__typename === 'ProfileInvalid' ? result : undefined;

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const input = { name: String(form.get('name')), about: String(form.get('about')) };
    void save({ variables: { input } });
  }

  return (
    <form className="profile-form" onSubmit={submit} noValidate>
      <Field name="name" label="Name" value={name} problem={broken} />
      <Field name="about" label="About you" value={about} problem={broken} isLong />
      {error && <Notice>{inWords(error)}</Notice>}
      <div className="actions">
        <p role="status">{result && !broken && !loading ? 'Saved.' : ''}</p>
        <button type="submit" className="primary" disabled={loading}>
          {loading ? 'Saving …' : 'Save'}
        </button>
      </div>
    </form>
  );
}

interface FieldProps {
  name: string;
  label: string;
  value: string;
  problem: { field: string; message: string } | undefined;
  isLong?: boolean;
}

function Field({ name, label, value, problem, isLong = false }: FieldProps) {
  const id = useId();
  const isWrong = problem?.field === name;
  const Input = isLong ? 'textarea' : 'input';
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <Input
        id={id}
        name={name}
        defaultValue={value}
        aria-invalid={isWrong}
        aria-describedby={isWrong ? `${id}-problem` : undefined}
      />
      {isWrong && (
        <p id={`${id}-problem`} className="field-problem" role="alert">
          {problem.message}
        </p>
      )}
    </div>
  );
}

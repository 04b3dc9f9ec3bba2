import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import { Field, useFocusOnProblem } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { signIn } from './session.ts';

interface Person {
  email: string;
  name: string;
  groups: string[];
}

const MAX_BUTTONS = 6;
const MAX_SUGGESTIONS = 60;

const ADDRESS = /^[^\s@]+@[^\s@]+$/;

/** Signs in as a user of the local issuer, or with any other email address. */
export function SignIn({ onDone }: { onDone: () => void }) {
  const id = useId();
  const people = usePeople();
  const form = useRef<HTMLFormElement>(null);
  const [email, setEmail] = useState('');
  const [attempts, setAttempts] = useState(0);
  const [failure, setFailure] = useState<string>();
  const isWrong = attempts > 0 && !ADDRESS.test(email);
  useFocusOnProblem(form, attempts);

  async function signInAs(address: string) {
    try {
      await signIn(address);
      onDone();
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error));
    }
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    setAttempts(attempts + 1);
    if (ADDRESS.test(email)) void signInAs(email);
  }

  return (
    <form ref={form} className="sign-in" onSubmit={submit} noValidate>
      <p className="muted">The local run has no passwords. Sign in as anyone; a new address creates an account.</p>
      {people.length > 0 && (
        <ul className="people" aria-label="Sample users">
          {people.slice(0, MAX_BUTTONS).map(({ email: address, name }) => (
            <li key={address}>
              <button type="button" onClick={() => void signInAs(address)}>
                {name}
              </button>
            </li>
          ))}
        </ul>
      )}
      <Field label="Email address" problem={isWrong ? 'Enter an email address, such as ada@example.com.' : undefined}>
        {(control) => (
          <input
            {...control}
            type="email"
            autoComplete="email"
            list={`${id}-people`}
            value={email}
            onChange={({ target }) => setEmail(target.value)}
          />
        )}
      </Field>
      <datalist id={`${id}-people`}>
        {people.map(({ email: address, name, groups }) => (
          <option key={address} value={address}>
            {name}, {groups.includes('host') ? 'host' : 'guest'}
          </option>
        ))}
      </datalist>
      {failure && <Notice>{failure}</Notice>}
      <div className="actions">
        <button type="button" onClick={onDone}>
          Cancel
        </button>
        <button type="submit" className="primary">
          Sign in
        </button>
      </div>
    </form>
  );
}

/** Loads the issuer's users as suggestions. Empty on failure. */
function usePeople(): Person[] {
  const [people, setPeople] = useState<Person[]>([]);
  useEffect(() => {
    fetch(`/identity/users?first=${MAX_SUGGESTIONS}`)
      .then((response) => response.json())
      .then(setPeople, () => setPeople([]));
  }, []);
  return people;
}

import { type FormEvent, useEffect, useId, useState } from 'react';
import { Notice } from '../ui/notice.tsx';
import { signIn } from './session.ts';

interface Person {
  email: string;
  name: string;
  groups: string[];
}

const OFFERED = 6;
const SUGGESTED = 60;

/** Signs in as someone the local issuer knows, or as anyone else by e-mail address. The title gets the id `title`. */
export function SignIn({ title, onDone }: { title: string; onDone: () => void }) {
  const id = useId();
  const people = usePeople();
  const [email, setEmail] = useState('');
  const [problem, setProblem] = useState<string>();

  async function signInAs(address: string) {
    try {
      await signIn(address);
      onDone();
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    void signInAs(email);
  }

  return (
    <form className="sign-in" onSubmit={submit}>
      <h2 id={title}>Sign in</h2>
      <p className="muted">On this machine there are no passwords: be whoever you like. A new address signs up.</p>
      {people.length > 0 && (
        <ul className="people" aria-label="People you can be">
          {people.slice(0, OFFERED).map(({ email: address, name }) => (
            <li key={address}>
              <button type="button" onClick={() => void signInAs(address)}>
                {name}
              </button>
            </li>
          ))}
        </ul>
      )}
      <label htmlFor={`${id}-email`}>E-mail address</label>
      <input
        id={`${id}-email`}
        type="email"
        required
        autoComplete="email"
        list={`${id}-people`}
        value={email}
        onChange={({ target }) => setEmail(target.value)}
      />
      <datalist id={`${id}-people`}>
        {people.map(({ email: address, name, groups }) => (
          <option key={address} value={address}>
            {name}, {groups.includes('host') ? 'host' : 'guest'}
          </option>
        ))}
      </datalist>
      {problem && <Notice>{problem}</Notice>}
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

/** The people that the issuer knows: a suggestion, so that none is no failure. */
function usePeople(): Person[] {
  const [people, setPeople] = useState<Person[]>([]);
  useEffect(() => {
    fetch(`/identity/users?first=${SUGGESTED}`)
      .then((response) => response.json())
      .then(setPeople, () => setPeople([]));
  }, []);
  return people;
}

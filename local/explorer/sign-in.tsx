import { type FormEvent, useEffect, useState } from 'react';
import type { Session } from './session.ts';

interface User {
  email: string;
  name: string;
  groups: string[];
}

/** Sign-in form: suggests the issuer's users and accepts any e-mail address. */
export function SignIn({ session }: { session: Session }) {
  const [users, setUsers] = useState<User[]>([]);
  const [address, setAddress] = useState('');

  useEffect(() => {
    fetch('/identity/users?first=40')
      .then((response) => response.json())
      .then(setUsers, () => setUsers([]));
  }, []);

  function submit(event: FormEvent) {
    event.preventDefault();
    session.signIn(address);
  }

  if (session.email) {
    return (
      <form>
        <span className="viewer" role="status">
          Signed in as <strong>{session.email}</strong>
        </span>
        <button type="button" onClick={session.signOut}>
          Sign out
        </button>
      </form>
    );
  }
  return (
    <form onSubmit={submit} noValidate>
      <input
        type="email"
        list="users"
        placeholder="E-mail address"
        aria-label="Sign in as"
        aria-invalid={Boolean(session.error)}
        aria-describedby="sign-in-error"
        value={address}
        onChange={({ target }) => setAddress(target.value)}
      />
      <datalist id="users">
        {users.map((user) => (
          <option key={user.email} value={user.email}>
            {[user.name, ...user.groups].join(', ')}
          </option>
        ))}
      </datalist>
      <button type="submit">Sign in</button>
      <span id="sign-in-error" role="alert">
        {session.error}
      </span>
    </form>
  );
}

import { type FormEvent, useEffect, useState } from 'react';

interface User {
  email: string;
  name: string;
  groups: string[];
}

/** Signs in as a user of the local issuer, one of those it knows or any other by e-mail address. */
export function SignIn({ onToken }: { onToken: (token: string | undefined) => void }) {
  const [users, setUsers] = useState<User[]>([]);
  const [email, setEmail] = useState('');
  const [signedInAs, setSignedInAs] = useState<string>();
  const [problem, setProblem] = useState<string>();

  useEffect(() => {
    fetch('/identity/users?first=40')
      .then((response) => response.json())
      .then(setUsers, () => setProblem('The list of users cannot be loaded.'));
  }, []);

  async function signIn(event: FormEvent) {
    event.preventDefault();
    const headers = { 'content-type': 'application/json' };
    const response = await fetch('/identity/token', { method: 'POST', headers, body: JSON.stringify({ email }) });
    const answer = (await response.json()) as { token?: string; message?: string };
    setProblem(answer.message);
    setSignedInAs(answer.token && email);
    onToken(answer.token);
  }

  function signOut() {
    setSignedInAs(undefined);
    onToken(undefined);
  }

  if (signedInAs) {
    return (
      <form>
        <span>
          Signed in as <strong>{signedInAs}</strong>
        </span>
        <button type="button" onClick={signOut}>
          Sign out
        </button>
      </form>
    );
  }
  return (
    <form onSubmit={signIn}>
      <input
        list="users"
        placeholder="E-mail address"
        aria-label="Sign in as"
        value={email}
        onChange={({ target }) => setEmail(target.value)}
      />
      <datalist id="users">
        {users.map((user) => (
          <option key={user.email} value={user.email}>
            {[user.name, ...user.groups].join(', ')}
          </option>
        ))}
      </datalist>
      <button type="submit">Sign in</button>
      {problem && <span role="alert">{problem}</span>}
    </form>
  );
}

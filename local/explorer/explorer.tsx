import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { GraphiQL } from 'graphiql';
import { StrictMode, useEffect, useMemo, useState } from 'react';
import { createRoot } from 'react-dom/client';
import 'graphiql/graphiql.css';
import './explorer.css';
import { SignIn } from './sign-in.tsx';

interface Example {
  title: string;
  query: string;
}

const ENDPOINT = new URL('/graphql', location.href).href;
const SANDBOX = `https://studio.apollographql.com/sandbox/explorer?endpoint=${encodeURIComponent(ENDPOINT)}`;

/** GraphiQL over this machine's gateway, with example queries as tabs and a place to sign in. */
function Explorer({ examples }: { examples: Example[] }) {
  const [token, setToken] = useState<string>();
  const fetcher = useMemo(
    () => createGraphiQLFetcher({ url: ENDPOINT, headers: token ? { authorization: `Bearer ${token}` } : {} }),
    [token],
  );
  return (
    <>
      <header>
        <h1>Graph explorer</h1>
        <SignIn onToken={setToken} />
        <a href={SANDBOX} target="_blank" rel="noreferrer">
          Open in Apollo Sandbox
        </a>
      </header>
      <main>
        <GraphiQL
          fetcher={fetcher}
          defaultTabs={examples.map(({ query }) => ({ query }))}
          shouldPersistHeaders={false}
          defaultEditorToolsVisibility={false}
        />
      </main>
    </>
  );
}

function Page() {
  const [examples, setExamples] = useState<Example[]>();
  useEffect(() => {
    fetch('/explorer/examples.json')
      .then((response) => response.json())
      .then(setExamples, () => setExamples([]));
  }, []);
  return examples && <Explorer examples={examples} />;
}

const root = document.getElementById('explorer');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <Page />
    </StrictMode>,
  );
}

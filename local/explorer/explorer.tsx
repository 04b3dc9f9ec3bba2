import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { GraphiQL } from 'graphiql';
import { type ComponentProps, StrictMode, useEffect, useMemo, useRef, useState } from 'react';
import { createRoot } from 'react-dom/client';
import 'graphiql/graphiql.css';
import './explorer.css';
import { useSession } from './session.ts';
import { SignIn } from './sign-in.tsx';

type TabsState = Parameters<NonNullable<ComponentProps<typeof GraphiQL>['onTabChange']>>[0];

interface Example {
  title: string;
  query: string;
}

const ENDPOINT = new URL('/graphql', location.href).href;
const SANDBOX = `https://studio.apollographql.com/sandbox/explorer?endpoint=${encodeURIComponent(ENDPOINT)}`;

/** Comment line in an example query with the user to sign in as. */
const VIEWER = /^# as: (\S+)$/m;

/** GraphiQL for the local gateway, with example queries in tabs. Opening a tab signs in as the user that its query names. */
function Explorer({ examples }: { examples: Example[] }) {
  const session = useSession();
  const { token, signIn, email } = session;
  const activeTabId = useRef<string>(undefined);
  const fetcher = useMemo(
    () =>
      createGraphiQLFetcher({
        url: ENDPOINT,
        fetch: async (url: RequestInfo | URL, init?: RequestInit) => {
          const bearer = await token();
          const headers = new Headers(init?.headers);
          if (bearer && !headers.has('authorization')) headers.set('authorization', `Bearer ${bearer}`);
          return fetch(url, { ...init, headers });
        },
      }),
    [token],
  );

  function signInForTab({ tabs, activeTabIndex }: TabsState) {
    const { id, query } = tabs[activeTabIndex] ?? {};
    if (id === activeTabId.current) return;
    activeTabId.current = id;
    const [, viewer] = VIEWER.exec(query ?? '') ?? [];
    if (viewer && viewer !== email) signIn(viewer);
  }

  return (
    <>
      <header>
        <h1>Graph explorer</h1>
        <SignIn session={session} />
        <a href={SANDBOX} target="_blank" rel="noreferrer">
          Open in Apollo Sandbox
        </a>
      </header>
      <main>
        <GraphiQL
          fetcher={fetcher}
          defaultTabs={examples.map(({ query }) => ({ query }))}
          onTabChange={signInForTab}
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

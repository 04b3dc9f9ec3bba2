import { explorerPlugin } from '@graphiql/plugin-explorer';
import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { GraphiQL } from 'graphiql';
import { type ComponentProps, useMemo, useRef } from 'react';
import { EXAMPLES_PLUGIN, type Example, VIEWER } from './examples-plugin.tsx';
import { explainedFetch } from './run/explained-fetch.ts';
import { RunPanels } from './run/run-panels.tsx';
import { subscriptionClient } from './run/subscription-client.ts';
import { useExplorer } from './run/use-runner.ts';
import type { Session } from './session.ts';
import type { SharedOperation } from './share.ts';
import { ShareButton } from './share-button.tsx';

type TabsState = Parameters<NonNullable<ComponentProps<typeof GraphiQL>['onTabChange']>>[0];

const PLUGINS = [explorerPlugin({ showAttribution: false }), EXAMPLES_PLUGIN];

interface QueryViewProps {
  session: Session;
  examples: readonly Example[];
  /** From the page's address. */
  shared: SharedOperation | undefined;
}

/** GraphiQL with the examples in tabs. Selecting a tab signs in as the user that its query names. */
export function QueryView({ session: { email, signIn }, examples, shared }: QueryViewProps) {
  const { endpoint, runs, authorized } = useExplorer();
  const activeTab = useRef('');
  const wsClient = useMemo(() => {
    const onClosing = (reason: string) => runs.fail(activeTab.current, `The subscription has ended: ${reason}`);
    return subscriptionClient({ endpoint, authorized, onClosing });
  }, [endpoint, runs, authorized]);
  const fetcher = useMemo(
    () =>
      createGraphiQLFetcher({
        url: endpoint,
        wsClient,
        fetch: async (url: RequestInfo | URL, init: RequestInit = {}) => {
          const tab = activeTab.current;
          const withToken = { ...init, headers: await authorized(init.headers) };
          if (isIntrospection(init.body)) return fetch(url, withToken);
          const explained = await explainedFetch(String(url), withToken, 'run');
          runs.add(tab, explained, true);
          return explained.response;
        },
      }),
    [endpoint, runs, authorized, wsClient],
  );

  function signInForTab({ tabs, activeTabIndex }: TabsState) {
    const { id = '', query } = tabs[activeTabIndex] ?? {};
    if (id === activeTab.current) return;
    activeTab.current = id;
    const [, viewer] = VIEWER.exec(query ?? '') ?? [];
    if (viewer && viewer !== email) signIn(viewer);
  }

  return (
    <GraphiQL
      fetcher={fetcher}
      plugins={PLUGINS}
      defaultTabs={examples.map(({ query }) => ({ query }))}
      {...(shared && { query: shared.query, variables: shared.variables ?? '' })}
      onTabChange={signInForTab}
      shouldPersistHeaders={false}
      defaultEditorToolsVisibility={false}
    >
      <GraphiQL.Toolbar>
        {({ prettify, copy, merge }) => (
          <>
            {prettify}
            {merge}
            {copy}
            <ShareButton shared={shared} />
          </>
        )}
      </GraphiQL.Toolbar>
      <GraphiQL.Footer>
        <RunPanels />
      </GraphiQL.Footer>
    </GraphiQL>
  );
}

function isIntrospection(body: BodyInit | null | undefined): boolean {
  return typeof body === 'string' && body.includes('"operationName":"IntrospectionQuery"');
}

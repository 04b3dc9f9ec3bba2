import { useEditorContext, useExecutionContext } from '@graphiql/react';
import { createContext, use, useCallback, useState } from 'react';
import { explainedFetch } from './explained-fetch.ts';
import type { RunStore } from './run-store.ts';

/** Sends requests with the session's token, and keeps their explanations. */
export interface Explorer {
  endpoint: string;
  runs: RunStore;
  /** Adds the token of the session, unless the headers have one. */
  authorized: (headers: HeadersInit | undefined) => Promise<Headers>;
}

export const ExplorerContext = createContext<Explorer | undefined>(undefined);

export function useExplorer(): Explorer {
  const explorer = use(ExplorerContext);
  if (!explorer) throw new Error('ExplorerContext is missing.');
  return explorer;
}

/** Runs the active tab's operation in other ways than GraphiQL's own button. */
export function useRunner() {
  const { endpoint, runs, authorized } = useExplorer();
  const editor = useEditorContext({ nonNull: true });
  const { run } = useExecutionContext({ nonNull: true });
  const [isBusy, setBusy] = useState(false);
  const tab = editor.tabs[editor.activeTabIndex]?.id ?? '';

  const runCold = useCallback(async () => {
    setBusy(true);
    try {
      const { ok, status } = await fetch('/functions/restart', { method: 'POST' });
      if (!ok) throw new Error(`The functions cannot be restarted here (status ${status}).`);
      run();
    } catch (error) {
      runs.fail(tab, (error as Error).message);
    } finally {
      setBusy(false);
    }
  }, [run, runs, tab]);

  const planOnly = useCallback(async () => {
    setBusy(true);
    try {
      const { headerEditor, queryEditor, variableEditor } = editor;
      const request = {
        query: queryEditor?.getValue() ?? '',
        variables: JSON.parse(variableEditor?.getValue() || '{}'),
        operationName: queryEditor?.operationName ?? null,
      };
      const headers = await authorized(JSON.parse(headerEditor?.getValue() || '{}'));
      headers.set('content-type', 'application/json');
      const init = { method: 'POST', headers, body: JSON.stringify(request) };
      runs.add(tab, await explainedFetch(endpoint, init, 'plan'), false);
    } catch (error) {
      runs.fail(tab, (error as Error).message);
    } finally {
      setBusy(false);
    }
  }, [authorized, editor, endpoint, runs, tab]);

  return { tab, isBusy, runCold, planOnly };
}

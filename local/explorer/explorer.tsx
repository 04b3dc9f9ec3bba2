import { lazy, StrictMode, Suspense, useCallback, useEffect, useMemo, useState } from 'react';
import { createRoot } from 'react-dom/client';
import 'graphiql/graphiql.css';
import '@graphiql/plugin-explorer/style.css';
import '@xyflow/react/dist/style.css';
import './explorer.css';
import './panels.css';
import './pictures.css';
import type { SystemDescription } from '../assembly/describe-system.ts';
import { type Example, Examples } from './examples-plugin.tsx';
import { Failure } from './failure.tsx';
import type { GraphDescription } from './graph/graph-description.ts';
import { Facts, factsOf } from './panels/cost-facts.ts';
import { QueryView } from './query-view.tsx';
import { RunStore } from './run/run-store.ts';
import { ExplorerContext } from './run/use-runner.ts';
import { Services } from './service-color.ts';
import { useSession } from './session.ts';
import { operationIn, type SharedOperation } from './share.ts';
import { Shortcuts } from './shortcuts/shortcuts-dialog.tsx';
import { useShortcuts } from './shortcuts/use-shortcuts.ts';
import { SignIn } from './sign-in.tsx';
import { UNKNOWN_SYSTEM } from './system.ts';

const GraphView = lazy(() => import('./graph/graph-view.tsx'));

const ENDPOINT = new URL('/graphql', location.href).href;
const SANDBOX = `https://studio.apollographql.com/sandbox/explorer?endpoint=${encodeURIComponent(ENDPOINT)}`;
const NO_GRAPH: GraphDescription = { services: [], types: [], events: [], deprecated: [] };

interface PageData {
  examples: Example[];
  graph: GraphDescription;
  system: SystemDescription;
  shared: SharedOperation | undefined;
}

/** Page with two views: queries with their explanation, and the graph. */
function Explorer({ examples, graph, system, shared }: PageData) {
  const session = useSession();
  const { token } = session;
  const [isGraph, setGraph] = useState(false);
  useShortcuts({ g: () => setGraph(!isGraph) });
  const authorized = useCallback(
    async (given: HeadersInit | undefined) => {
      const headers = new Headers(given);
      const bearer = await token();
      if (bearer && !headers.has('authorization')) headers.set('authorization', `Bearer ${bearer}`);
      return headers;
    },
    [token],
  );
  const explorer = useMemo(
    () => ({ endpoint: ENDPOINT, runs: new RunStore(system.functions), authorized }),
    [authorized, system],
  );
  const services = useMemo(() => graph.services.map(({ name }) => name), [graph]);
  const facts = useMemo(() => factsOf(graph, system), [graph, system]);

  return (
    <Services value={services}>
      <Examples value={examples}>
        <Facts value={facts}>
          <ExplorerContext value={explorer}>
            <header>
              <h1>Graph explorer</h1>
              <nav aria-label="Views">
                {['Query', 'Graph'].map((view) => (
                  <button
                    key={view}
                    type="button"
                    aria-current={isGraph === (view === 'Graph') ? 'page' : undefined}
                    title="Alt+G"
                    onClick={() => setGraph(view === 'Graph')}
                  >
                    {view}
                  </button>
                ))}
              </nav>
              <SignIn session={session} />
              <Shortcuts />
              <a href={SANDBOX} target="_blank" rel="noreferrer">
                Open in Apollo Sandbox
              </a>
            </header>
            <main hidden={isGraph}>
              <QueryView session={session} examples={examples} shared={shared} />
            </main>
            {isGraph && (
              <main>
                <Failure>
                  <Suspense fallback={<p className="hint">Loading…</p>}>
                    <GraphView graph={graph} />
                  </Suspense>
                </Failure>
              </main>
            )}
          </ExplorerContext>
        </Facts>
      </Examples>
    </Services>
  );
}

function Page() {
  const [data, setData] = useState<PageData>();
  useEffect(() => {
    void Promise.all([
      jsonOr<Example[]>('/explorer/examples.json', []),
      jsonOr('/explorer/graph.json', NO_GRAPH),
      jsonOr('/system', UNKNOWN_SYSTEM),
      operationIn(location.hash),
    ]).then(([examples, graph, system, shared]) => setData({ examples, graph, system, shared }));
  }, []);
  return data && <Explorer {...data} />;
}

async function jsonOr<Content>(path: string, fallback: Content): Promise<Content> {
  try {
    const response = await fetch(path);
    return response.ok ? await response.json() : fallback;
  } catch {
    return fallback;
  }
}

const root = document.getElementById('explorer');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <Page />
    </StrictMode>,
  );
}

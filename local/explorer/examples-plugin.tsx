import { type GraphiQLPlugin, useEditorContext } from '@graphiql/react';
import { createContext, use } from 'react';
import { flushSync } from 'react-dom';

export interface Example {
  title: string;
  query: string;
}

export const Examples = createContext<readonly Example[]>([]);

/** Comment line in an example query with the user to sign in as. */
export const VIEWER = /^# as: (\S+)$/m;

/** Sidebar plugin: list of the examples. */
export const EXAMPLES_PLUGIN: GraphiQLPlugin = { title: 'Examples', icon: ExamplesIcon, content: ExampleList };

function ExampleList() {
  const examples = use(Examples);
  const { tabs, changeTab, addTab, queryEditor } = useEditorContext({ nonNull: true });

  function open(query: string) {
    const index = tabs.findIndex((tab) => tab.query === query);
    if (index >= 0) return changeTab(index);
    flushSync(addTab);
    queryEditor?.setValue(query);
  }
  return (
    <section className="examples" aria-label="Examples">
      <h2>Examples</h2>
      <ul>
        {examples.map(({ title, query }) => (
          <li key={title}>
            <button type="button" onClick={() => open(query)}>
              <strong>{title}</strong>
              <span>{viewerOf(query)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function viewerOf(query: string): string {
  const [, viewer] = VIEWER.exec(query) ?? [];
  return viewer ? `as ${viewer}` : 'without sign-in';
}

function ExamplesIcon() {
  return (
    <svg viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.5" aria-hidden="true">
      <path d="M4 5h16M4 12h10M4 19h13" />
    </svg>
  );
}

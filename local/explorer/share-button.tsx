import { ToolbarButton, useEditorContext } from '@graphiql/react';
import { parse } from 'graphql';
import { useEffect, useRef, useState } from 'react';
import { fragmentOf, type SharedOperation } from './share.ts';
import { useShortcuts } from './shortcuts/use-shortcuts.ts';

/** Opens the shared operation of the page's address and selects it, in a document with several. */
function useSharedOperation(shared: SharedOperation | undefined): void {
  const { queryEditor, setOperationName } = useEditorContext({ nonNull: true });
  const pending = useRef(shared);
  useEffect(() => {
    const { query, operationName } = pending.current ?? {};
    if (!queryEditor || !query || !operationName) return;
    pending.current = undefined;
    if (queryEditor.getValue() !== query) queryEditor.setValue(query);
    setOperationName(operationName);
    // Ctrl+Enter runs the operation at the cursor.
    queryEditor.setCursor(queryEditor.posFromIndex(startOf(operationName, query)));
  }, [queryEditor, setOperationName]);
}

/** Returns the position of an operation in a document; 0 if it has none of this name. */
function startOf(operationName: string, query: string): number {
  try {
    const { definitions } = parse(query);
    const operation = definitions.find((each) => 'name' in each && each.name?.value === operationName);
    return operation?.loc?.start ?? 0;
  } catch {
    return 0;
  }
}

/** Toolbar button: puts the operation into the page's address and copies the address. */
export function ShareButton({ shared }: { shared: SharedOperation | undefined }) {
  const { queryEditor, variableEditor } = useEditorContext({ nonNull: true });
  const [message, setMessage] = useState('');
  useSharedOperation(shared);

  async function share() {
    const fragment = await fragmentOf({
      query: queryEditor?.getValue() ?? '',
      variables: variableEditor?.getValue() ?? '',
      ...(queryEditor?.operationName && { operationName: queryEditor.operationName }),
    });
    history.replaceState(null, '', fragment);
    // Not available in a page without TLS on another host.
    await navigator.clipboard?.writeText(location.href).then(
      () => setMessage('Link copied'),
      () => setMessage('The link is in the address bar'),
    );
  }
  useShortcuts({ s: share });
  return (
    <>
      <ToolbarButton label="Copy a link to this operation (Alt+S)" onClick={share}>
        <svg viewBox="0 0 24 24" fill="none" stroke="currentColor" className="graphiql-toolbar-icon" aria-hidden="true">
          <path
            strokeWidth="1.8"
            d="M10 14a4 4 0 0 0 5.7 0l3-3a4 4 0 0 0-5.7-5.7l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3a4 4 0 0 0 5.7 5.7l1-1"
          />
        </svg>
      </ToolbarButton>
      <span className="share-message" role="status">
        {message}
      </span>
    </>
  );
}

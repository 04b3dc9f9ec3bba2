import { ToolbarButton, useEditorContext } from '@graphiql/react';
import { useState } from 'react';
import { fragmentOf } from './share.ts';
import { useShortcuts } from './shortcuts/use-shortcuts.ts';

/** Toolbar button: puts the operation into the page's address and copies the address. */
export function ShareButton() {
  const { queryEditor, variableEditor } = useEditorContext({ nonNull: true });
  const [message, setMessage] = useState('');

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

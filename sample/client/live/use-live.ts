import type { OperationVariables, TypedDocumentNode } from '@apollo/client';
import { useSubscription } from '@apollo/client/react';
import { getOperationName } from '@apollo/client/utilities/internal';
import { useEffect, useRef } from 'react';
import { onSubscribed } from './socket.ts';

interface LiveOptions<Data, Variables extends OperationVariables> {
  variables: Variables;
  skip?: boolean;
  /** Receives the data of each event. Entities with an id are updated in the cache without it. */
  onData?: (data: Data) => void;
  /**
   * Called when the subscription has begun, and again after a lost connection: earlier events are not delivered, so what the
   * page shows is queried once more.
   */
  onBegin?: () => void;
}

/** Keeps a part of the page up to date by a subscription. */
export function useLive<Data, Variables extends OperationVariables>(
  document: TypedDocumentNode<Data, Variables>,
  { variables, skip = false, onData, onBegin }: LiveOptions<Data, Variables>,
): void {
  const begin = useRef(onBegin);
  begin.current = onBegin;
  const name = getOperationName(document, '');
  useEffect(() => (skip ? undefined : onSubscribed(name, () => begin.current?.())), [name, skip]);
  useSubscription(document, {
    variables,
    skip,
    ignoreResults: true,
    errorPolicy: 'all',
    onData: ({ data: { data } }) => data && onData?.(data as Data),
  } as useSubscription.Options<Data, Variables>);
}

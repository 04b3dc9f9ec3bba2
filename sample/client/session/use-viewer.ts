import { useQuery } from '@apollo/client/react';
import { ViewerDocument, type ViewerQuery } from '../__generated__/operations.ts';
import { useSession } from './use-session.ts';

/** Returns the signed-in user from the graph. Undefined while loading and for visitors. */
export function useViewer(): NonNullable<ViewerQuery['me']> | undefined {
  const { session } = useSession();
  const { data } = useQuery(ViewerDocument, { errorPolicy: 'all', skip: !session });
  return (session && data?.me) || undefined;
}

import { useQuery } from '@apollo/client/react';
import { ViewerDocument, type ViewerQuery } from '../__generated__/operations.ts';
import { useSession } from './use-session.ts';

/** Who is signed in, as the graph knows them; undefined until it has answered, and for visitors. */
export function useViewer(): NonNullable<ViewerQuery['me']> | undefined {
  const { session } = useSession();
  const { data } = useQuery(ViewerDocument, { errorPolicy: 'all', skip: !session });
  return (session && data?.me) || undefined;
}

import { NetworkStatus } from '@apollo/client';
import { useQuery } from '@apollo/client/react';
import { StaysDocument } from '../__generated__/operations.ts';
import { errorMessage } from '../api/problems.ts';
import { count } from '../ui/format.ts';
import { Notice } from '../ui/notice.tsx';
import { Page } from '../ui/page.tsx';
import { Filters } from './filters.tsx';
import { searchFrom } from './search.ts';
import { StayCard } from './stay-card.tsx';
import './stays.css';

const PAGE = 24;
const SKELETONS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

/** Search form and results. */
export function StaysPage({ search }: { search: URLSearchParams }) {
  return (
    <Page title="Find a place to stay">
      <Filters search={search} />
      <Results search={search} />
    </Page>
  );
}

function Results({ search }: { search: URLSearchParams }) {
  const { data, error, networkStatus, fetchMore, refetch } = useQuery(StaysDocument, {
    variables: { ...searchFrom(search), first: PAGE },
    // Show partial data together with its errors.
    errorPolicy: 'all',
  });
  const { edges = [], pageInfo } = data?.listings ?? {};
  const isLoadingMore = networkStatus === NetworkStatus.fetchMore;
  const isLoading = networkStatus === NetworkStatus.loading || networkStatus === NetworkStatus.setVariables;
  return (
    <section aria-label="Stays found" aria-busy={isLoading || isLoadingMore}>
      <p className="visually-hidden" role="status">
        {isLoading ? 'Loading stays' : `${count(edges.length, 'stay')} shown`}
      </p>
      {error && <Notice onRetry={() => void refetch()}>{errorMessage(error)}</Notice>}
      {data && edges.length === 0 && !isLoading && (
        <p className="empty">No stays match. Try another borough or price range.</p>
      )}
      <ul className="cards">
        {edges.map(({ node }) => (
          <li key={node.id}>
            <StayCard stay={node} />
          </li>
        ))}
        {isLoading && edges.length === 0 && SKELETONS.map((key) => <li key={key} className="card skeleton" />)}
      </ul>
      {pageInfo?.hasNextPage && (
        <button
          type="button"
          className="more"
          disabled={isLoadingMore}
          onClick={() => void fetchMore({ variables: { after: pageInfo.endCursor } })}
        >
          {isLoadingMore ? 'Loading…' : 'Show more stays'}
        </button>
      )}
    </section>
  );
}

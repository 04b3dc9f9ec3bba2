import type { ReactNode } from 'react';
import { DashboardPage } from './dashboard/dashboard-page.tsx';
import { MyStaysPage } from './my-stays/my-stays-page.tsx';
import { ProfilePage } from './profile/profile-page.tsx';
import { Account, ViewerNav } from './session/account.tsx';
import { useSession } from './session/use-session.ts';
import { StayPage } from './stay/stay-page.tsx';
import { StaysPage } from './stays/stays-page.tsx';
import { type AppLocation, Link, useLocation } from './ui/location.tsx';
import { Notice } from './ui/notice.tsx';
import { Page } from './ui/page.tsx';

/** Pages by path pattern. The pattern's group is passed to the page. */
const PAGES: [RegExp, (parameter: string, location: AppLocation) => ReactNode][] = [
  [/^\/$/, (_, { search }) => <StaysPage search={search} />],
  [/^\/stays\/([\w-]+)$/, (slug) => <StayPage key={slug} slug={slug} />],
  [/^\/my-stays$/, () => <MyStaysPage />],
  [/^\/dashboard$/, () => <DashboardPage />],
  [/^\/profile$/, () => <ProfilePage />],
];

/** Header with the account, and the page of the current path. */
export function App() {
  const location = useLocation();
  const { endReason } = useSession();
  return (
    <>
      <a className="skip" href="#content">
        Skip to content
      </a>
      <header className="top">
        <Link to="/" className="brand">
          Homestay
        </Link>
        <ViewerNav />
        <Account />
      </header>
      <main id="content" tabIndex={-1}>
        {endReason && <Notice>{endReason}</Notice>}
        {pageAt(location)}
      </main>
    </>
  );
}

function pageAt(location: AppLocation): ReactNode {
  for (const [pattern, page] of PAGES) {
    const match = pattern.exec(location.path);
    if (match) return page(match[1] ?? '', location);
  }
  return (
    <Page title="Page not found">
      <Link to="/">All stays</Link>
    </Page>
  );
}

import type { ReactNode } from 'react';
import { DashboardPage } from './dashboard/dashboard-page.tsx';
import { MyStaysPage } from './my-stays/my-stays-page.tsx';
import { ProfilePage } from './profile/profile-page.tsx';
import { Account, OwnPages } from './session/account.tsx';
import { useSession } from './session/use-session.ts';
import { StayPage } from './stay/stay-page.tsx';
import { StaysPage } from './stays/stays-page.tsx';
import { Link, type Place, usePlace } from './ui/location.tsx';
import { Notice } from './ui/notice.tsx';
import { Page } from './ui/page.tsx';

/** What is shown at which path; a group of the pattern is the page's own part of it. */
const PAGES: [RegExp, (part: string, place: Place) => ReactNode][] = [
  [/^\/$/, (_, { search }) => <StaysPage search={search} />],
  [/^\/stays\/([\w-]+)$/, (slug) => <StayPage key={slug} slug={slug} />],
  [/^\/my-stays$/, () => <MyStaysPage />],
  [/^\/dashboard$/, () => <DashboardPage />],
  [/^\/profile$/, () => <ProfilePage />],
];

/** The whole page: who is signed in above, the place where the reader is below. */
export function App() {
  const place = usePlace();
  const { ending } = useSession();
  return (
    <>
      <a className="skip" href="#content">
        Skip to the content
      </a>
      <header className="top">
        <Link to="/" className="brand">
          Homestay
        </Link>
        <OwnPages />
        <Account />
      </header>
      <main id="content" tabIndex={-1}>
        {ending && <Notice>{ending}</Notice>}
        {pageAt(place)}
      </main>
    </>
  );
}

function pageAt(place: Place): ReactNode {
  for (const [pattern, page] of PAGES) {
    const match = pattern.exec(place.path);
    if (match) return page(match[1] ?? '', place);
  }
  return (
    <Page title="There is no such page">
      <Link to="/">To all stays</Link>
    </Page>
  );
}

import { examples } from '../../build/examples.ts';
import { eventually } from '../../test/eventually.ts';
import { TestSystem } from '../../test/system.ts';

let system: TestSystem;
beforeAll(async () => {
  system = await TestSystem.start();
}, 120_000);
afterAll(() => system.close());

const SEARCH = `query ($filter: ListingFilter! = {}, $sort: ListingSort! = NEWEST, $first: Int! = 20, $after: String) {
  listings(filter: $filter, sort: $sort, first: $first, after: $after) {
    edges { node { id slug borough roomType status nightlyPrice { amount } } }
    pageInfo { hasNextPage endCursor }
  }
}`;

async function seededHost() {
  const { data } = await system.query(`{ featuredListings(first: 1) { id host { id } } }`);
  const [{ id, host }] = data.featuredListings;
  return { listingId: id, hostId: host.id, token: await system.token(`host-${host.id}@example.com`) };
}

describe('a visitor', () => {
  test('gets one response from three services', async () => {
    const { status, data, errors } = await system.query(
      `{ featuredListings(first: 12) { title overallRating host { name overallRating } reviews(first: 1) { edges { node { text author { name } } } } } }`,
    );
    expect({ status, errors }).toEqual({ status: 200, errors: undefined });
    expect(data.featuredListings).toHaveLength(12);
    const review = data.featuredListings.flatMap(
      (listing: { reviews: { edges: unknown[] } }) => listing.reviews.edges,
    )[0];
    expect(review.node).toEqual({ text: expect.any(String), author: { name: expect.stringMatching(/ /) } });
  });

  test('pages through all matches in full pages, without duplicates', async () => {
    const filter = { borough: 'Brooklyn', roomType: 'PRIVATE_ROOM', maxPrice: 20_000 };
    const seen: { node: { id: string; borough: string; nightlyPrice: { amount: number } } }[] = [];
    let after: string | null = null;
    do {
      const { data } = await system.query(SEARCH, { filter, sort: 'PRICE_ASC', first: 10, after });
      const { edges, pageInfo } = data.listings;
      if (pageInfo.hasNextPage) expect(edges).toHaveLength(10);
      seen.push(...edges);
      after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
    } while (after);
    const prices = seen.map(({ node }) => node.nightlyPrice.amount);
    expect(seen.length).toBeGreaterThan(40);
    expect(new Set(seen.map(({ node }) => node.id)).size).toBe(seen.length);
    expect(prices).toEqual([...prices].sort((a, b) => a - b));
    expect(new Set(seen.map(({ node }) => node.borough))).toEqual(new Set(['Brooklyn']));
  });

  test.each([
    ['everywhere', {}],
    ['in a neighbourhood', { borough: 'Brooklyn', neighbourhood: 'Williamsburg' }],
  ])('finds the cheapest listings %s', async (_, filter) => {
    const { data, errors } = await system.query(SEARCH, { filter, sort: 'PRICE_ASC', first: 5 });
    expect(errors).toBeUndefined();
    const prices = data.listings.edges.map(
      (edge: { node: { nightlyPrice: { amount: number } } }) => edge.node.nightlyPrice.amount,
    );
    expect(prices).toHaveLength(5);
    expect(prices).toEqual([...prices].sort((a, b) => a - b));
  });

  test('sees their own bookings and payments after signing in as a host or guest', async () => {
    const { token: host } = await seededHost();
    const ask = `{ me { __typename ... on Host { upcomingBookings { edges { cursor } } } } payments { edges { cursor } } }`;
    for (const [kind, token] of [
      ['Host', host],
      ['Guest', await system.token('ada@example.com')],
    ]) {
      const { data, errors } = await system.query(ask, {}, token);
      expect({ kind: data.me.__typename, payments: data.payments.edges, errors }).toEqual({
        kind,
        payments: expect.any(Array),
        errors: undefined,
      });
    }
  });

  test('a page of 50 listings with hosts and ratings takes one batch read per subgraph', async () => {
    system.system.aws.tableCalls.clear();
    const { data, errors } = await system.query(
      `{ listings(first: 50) { edges { node { title overallRating reviewCount host { name } } } } }`,
    );
    expect(errors).toBeUndefined();
    expect(data.listings.edges).toHaveLength(50);
    const calls = [...system.system.aws.tableCalls].filter(([call]) => !/-(consumer|publisher) /.test(call));
    expect(Object.fromEntries(calls)).toEqual({
      'homestay-dev-listings Query': 1,
      'homestay-dev-accounts BatchGetItem': 1,
      'homestay-dev-reviews BatchGetItem': 1,
    });
  });

  test('finds a listing by slug or id', async () => {
    const { data } = await system.query(SEARCH, { first: 1 });
    const [{ node }] = data.listings.edges;
    const bySlug = await system.query('query ($slug: String) { listing(slug: $slug) { id } }', { slug: node.slug });
    expect(bySlug.data.listing).toEqual({ id: node.id });
    const other = await system.query('query ($slug: String) { listing(slug: $slug) { id } }', {
      slug: `other-${node.id}`,
    });
    expect(other.data.listing).toBeNull();
  });

  test('gets an error for an invalid page size or cursor', async () => {
    for (const variables of [
      { first: 1_000 },
      { after: 'garbage' },
      { after: Buffer.from('{"id":1}').toString('base64url') },
      { after: Buffer.from('{"id":"1"}').toString('base64url') },
      { after: Buffer.from('{"id":"1","priceKey":"","x":"y"}').toString('base64url') },
    ]) {
      const { errors = [] } = await system.query(SEARCH, variables);
      expect(errors[0]?.extensions?.code).toBe('BAD_USER_INPUT');
    }
  });

  test('has no account and cannot write', async () => {
    expect((await system.query('{ me { id } }')).data).toEqual({ me: null });
    const { errors = [] } = await system.query('mutation { closeListing(id: "1") { __typename } }');
    expect(errors[0]?.extensions?.code).toBe('UNAUTHENTICATED');
  });

  test('gets an account on the first request after signing in', async () => {
    const email = 'newcomer@example.com';
    const token = await system.token(email);
    const [, payload = ''] = token.split('.');
    const { sub } = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as { sub: string };
    const asked = 'query ($id: ID!) { user(id: $id) { id email } }';
    expect((await system.query(asked, { id: sub })).data.user).toBeNull();
    expect((await system.query(asked, { id: sub }, token)).data.user).toEqual({ id: sub, email });
    expect((await system.query(asked, { id: sub })).data.user).toEqual({ id: sub, email: null });
  });

  test('cannot use operations for operators', async () => {
    const { status, errors = [] } = await system.query('mutation { importUsers(users: []) { imported } }');
    expect(status).toBe(400);
    expect(errors[0]?.extensions?.code).toBe('GRAPHQL_VALIDATION_FAILED');
  });
});

describe('the seed', () => {
  test('has data for each example and its user', async () => {
    for (const { title, query } of examples()) {
      const [, email] = /^# as: (\S+)$/m.exec(query) ?? [];
      const token = email && (await system.token(email));
      // Events bring the sample data to the services with a delay.
      await eventually(async () => {
        const { data, errors } = await system.query(query, {}, token);
        expect({ title, errors }).toEqual({ title });
        expect(JSON.stringify(data)).not.toMatch(/"(me|hostDashboard)":null|"message"/);
      });
    }
  });

  test('has guests with money and paid stays', async () => {
    const ada = await system.token('ada@example.com');
    const example = examples().find(({ query }) => query.includes('query MyStays'));
    await eventually(async () => {
      const { me } = (await system.query(example?.query ?? '', {}, ada)).data;
      expect(me.wallet.balance.amount).toBeLessThan(500_000);
      expect(me.upcomingBookings.edges[0].node).toMatchObject({ status: 'CONFIRMED', payment: { status: 'CAPTURED' } });
    });
  });
});

describe('a token', () => {
  test('of a new user creates one account', async () => {
    const token = await system.token('new@example.com');
    const answers = await Promise.all(
      [1, 2, 3].map(() => system.query('{ me { __typename id name email } }', {}, token)),
    );
    const [first] = answers;
    expect(first?.data.me).toEqual({
      __typename: 'Guest',
      id: expect.any(String),
      name: 'new',
      email: 'new@example.com',
    });
    for (const { data } of answers) expect(data).toEqual(first?.data);
  });

  test('shows an email address to its owner only', async () => {
    const mine = await system.query('{ user(id: "guest1") { email } }', {}, await system.token('ada@example.com'));
    const theirs = await system.query('{ user(id: "guest1") { email } }', {}, await system.token('bob@example.com'));
    expect([mine.data.user.email, theirs.data.user.email]).toEqual(['ada@example.com', null]);
  });
});

describe('a host', () => {
  const CREATE = `mutation ($input: CreateListingInput!) {
    createListing(input: $input) { __typename ... on Listing { id slug status host { name } } ... on ListingInvalid { field } }
  }`;
  const input = {
    title: 'Quiet loft',
    description: 'By the park.',
    roomType: 'ENTIRE_HOME',
    borough: 'Queens',
    neighbourhood: 'Astoria',
    location: { latitude: 40.77, longitude: -73.93 },
    nightlyPrice: { amount: 12_500 },
    amenities: ['wifi'],
  };

  test('creates, updates and closes a listing', async () => {
    const { token } = await seededHost();
    const created = await system.query(CREATE, { input }, token);
    const { id, ...listing } = created.data.createListing;
    expect(listing).toEqual({
      __typename: 'Listing',
      slug: `quiet-loft-${id}`,
      status: 'OPEN',
      host: { name: expect.any(String) },
    });
    const change = `mutation ($id: ID!) { updateListing(id: $id, input: { title: "Quieter loft" }) { ... on Listing { title slug } } }`;
    expect((await system.query(change, { id }, token)).data.updateListing).toEqual({
      title: 'Quieter loft',
      slug: `quiet-loft-${id}`,
    });
    const close = 'mutation ($id: ID!) { closeListing(id: $id) { ... on Listing { status } } }';
    expect((await system.query(close, { id }, token)).data.closeListing).toEqual({ status: 'CLOSED' });
    const found = await system.query(SEARCH, { filter: { neighbourhood: 'Astoria' }, first: 100 });
    expect(found.data.listings.edges.map(({ node }: { node: { id: string } }) => node.id)).not.toContain(id);
  });

  test('gets the name of an invalid field', async () => {
    const { token } = await seededHost();
    const { data } = await system.query(CREATE, { input: { ...input, nightlyPrice: { amount: 0 } } }, token);
    expect(data.createListing).toEqual({ __typename: 'ListingInvalid', field: 'nightlyPrice.amount' });
  });

  test("cannot change another host's listing, and a guest cannot create one", async () => {
    const { listingId } = await seededHost();
    const ada = await system.token('ada@example.com');
    const close = 'mutation ($id: ID!) { closeListing(id: $id) { __typename } }';
    expect((await system.query(close, { id: listingId }, ada)).data.closeListing).toEqual({
      __typename: 'NotYourListing',
    });
    expect((await system.query(close, { id: 'none' }, ada)).data.closeListing).toEqual({
      __typename: 'ListingNotFound',
    });
    expect((await system.query(CREATE, { input }, ada)).data.createListing).toEqual({ __typename: 'NotAHost' });
  });
});

describe('a viewer', () => {
  const DASHBOARD = '{ hostDashboard { openListings } featuredListings(first: 1) { title } }';
  const refused = (path: string) => ({ path: [path], extensions: { code: 'UNAUTHORIZED_FIELD_OR_TYPE' } });

  test('without a token is refused authenticated fields, and they are not fetched', async () => {
    system.system.aws.tableCalls.clear();
    const { status, data, errors } = await system.query(
      '{ mine: wallet { balance { amount } } payments { edges { cursor } } featuredListings(first: 1) { title } }',
    );
    expect({ status, data }).toEqual({
      status: 200,
      data: { mine: null, payments: null, featuredListings: [{ title: expect.any(String) }] },
    });
    expect(errors).toEqual([refused('mine'), refused('payments')].map((each) => expect.objectContaining(each)));
    expect([...system.system.aws.tableCalls.keys()].join()).not.toContain('payments');
  });

  test('sees a field only if its policy allows it', async () => {
    const guest = await system.query(DASHBOARD, {}, await system.token('ada@example.com'));
    expect(guest.data.hostDashboard).toBeNull();
    expect(guest.errors).toEqual([expect.objectContaining(refused('hostDashboard'))]);
    const { token } = await seededHost();
    const host = await system.query(DASHBOARD, {}, token);
    expect(host).toMatchObject({ data: { hostDashboard: { openListings: expect.any(Number) } } });
    expect(host.errors).toBeUndefined();
  });
});

describe('a contract', () => {
  const at = async (path: string, query: string) => {
    const response = await fetch(`${system.system.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    });
    return { status: response.status, ...((await response.json()) as { data?: unknown; errors?: unknown[] }) };
  };

  test('serves its part of the graph at its own path', async () => {
    const query = '{ featuredListings(first: 1) { title nightlyPrice { amount } overallRating host { name } } }';
    const whole = await at('/graphql', query);
    expect(whole.status).toBe(200);
    expect(await at('/graphql/public', query)).toEqual(whole);
  });

  test('hides the rest of the graph', async () => {
    for (const query of ['{ wallet { id } }', '{ me { id } }', '{ __type(name: "Booking") { name } }'])
      expect(JSON.stringify(await at('/graphql/public', query))).toMatch(/GRAPHQL_VALIDATION_FAILED|"__type":null/);
  });
});

import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { UpcomingStayMapper, ListingMapper, UserMapper, BookingMapper, HostDashboardMapper, ListingFiguresMapper } from '../mappers.ts';
import type { Context } from '../context.ts';
export type Maybe<T> = T | null;
export type InputMaybe<T> = T | null | undefined;
export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** A calendar date in UTC, ISO 8601: `2026-05-01`. */
  Date: { input: string; output: string; }
  _FieldSet: { input: unknown; output: unknown; }
};

export type Booking = {
  __typename?: 'Booking';
  id: Scalars['ID']['output'];
};

/** Which caches may store a response. */
export type CacheControlScope =
  /** Only the viewer's own cache. */
  | 'PRIVATE'
  /** Shared caches, such as a CDN. */
  | 'PUBLIC';

/** Booking totals. */
export type Figures = {
  __typename?: 'Figures';
  bookings: Scalars['Int']['output'];
  nights: Scalars['Int']['output'];
  revenue: Money;
};

/** Figures for a host, without cancelled stays. */
export type HostDashboard = {
  __typename?: 'HostDashboard';
  host?: Maybe<User>;
  /** All listings of the host, including closed ones, ordered by id. */
  listings: ListingFiguresConnection;
  /** Figures per month of stay, up to the current month, oldest first. */
  months: Array<MonthFigures>;
  /** Number of listings open for booking. */
  openListings: Scalars['Int']['output'];
  /** Guests' ratings of the host. */
  rating: RatingFigures;
  /** All-time totals. */
  totals: Figures;
  /** Stays that begin today or later, earliest first. */
  upcoming: UpcomingStayConnection;
};


/** Figures for a host, without cancelled stays. */
export type HostDashboardListingsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first: Scalars['Int']['input'];
};


/** Figures for a host, without cancelled stays. */
export type HostDashboardMonthsArgs = {
  last: Scalars['Int']['input'];
};


/** Figures for a host, without cancelled stays. */
export type HostDashboardUpcomingArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first: Scalars['Int']['input'];
};

/** A place to stay, offered by a host. */
export type Listing = {
  __typename?: 'Listing';
  id: Scalars['ID']['output'];
  /** Bookings and revenue from `from` to the day before `to`. At most 366 days. */
  stats?: Maybe<ListingStats>;
};


/** A place to stay, offered by a host. */
export type ListingStatsArgs = {
  from: Scalars['Date']['input'];
  to: Scalars['Date']['input'];
};

/** One day of a listing and the night that begins on it. */
export type ListingDay = {
  __typename?: 'ListingDay';
  /** Whether the night is booked. */
  booked: Scalars['Boolean']['output'];
  date: Scalars['Date']['output'];
  /** The night's share of its stay's price. Visible to the listing's host only. */
  revenue?: Maybe<Money>;
};

/** Figures for one listing. */
export type ListingFigures = {
  __typename?: 'ListingFigures';
  listing?: Maybe<Listing>;
  rating: RatingFigures;
  /** All-time totals. */
  totals: Figures;
};

export type ListingFiguresConnection = {
  __typename?: 'ListingFiguresConnection';
  edges: Array<ListingFiguresEdge>;
  pageInfo: PageInfo;
};

export type ListingFiguresEdge = {
  __typename?: 'ListingFiguresEdge';
  cursor: Scalars['String']['output'];
  node: ListingFigures;
};

/** Bookings and revenue of a listing in a date range, without cancelled stays. */
export type ListingStats = {
  __typename?: 'ListingStats';
  /** Stays that begin in the range. */
  bookings: Scalars['Int']['output'];
  days: Array<ListingDay>;
  from: Scalars['Date']['output'];
  nights: Scalars['Int']['output'];
  /** Booked nights divided by all nights in the range: 0 to 1. */
  occupancy: Scalars['Float']['output'];
  /** Revenue of the nights in the range. Visible to the listing's host only. */
  revenue?: Maybe<Money>;
  /** Exclusive. */
  to: Scalars['Date']['output'];
};

/** An amount of money. */
export type Money = {
  __typename?: 'Money';
  /** In the currency's minor unit: 14900 is $149.00. */
  amount: Scalars['Int']['output'];
  /** ISO 4217 code, such as `USD`. */
  currency: Scalars['String']['output'];
};

/** Figures for one month. */
export type MonthFigures = {
  __typename?: 'MonthFigures';
  /** Stays that begin in the month. */
  bookings: Scalars['Int']['output'];
  /** First day of the month. */
  month: Scalars['Date']['output'];
  /** Booked nights in the month. */
  nights: Scalars['Int']['output'];
  /** Revenue of the month's nights. */
  revenue: Money;
};

/** Position of a page in its list. Lists are paged forward only. */
export type PageInfo = {
  __typename?: 'PageInfo';
  /** Pass it as `after` to get the next page. */
  endCursor?: Maybe<Scalars['String']['output']>;
  hasNextPage: Scalars['Boolean']['output'];
  /** Whether the page was requested with `after`. */
  hasPreviousPage: Scalars['Boolean']['output'];
  startCursor?: Maybe<Scalars['String']['output']>;
};

export type Query = {
  __typename?: 'Query';
  /** The viewer's figures. Hosts only. */
  hostDashboard?: Maybe<HostDashboard>;
  /** Open listings, ordered by the number of nights booked this week and last week. Weeks begin on Monday, in UTC. */
  trendingListings: Array<Listing>;
};


export type QueryTrendingListingsArgs = {
  first: Scalars['Int']['input'];
};

/** Average and number of ratings. */
export type RatingFigures = {
  __typename?: 'RatingFigures';
  /** 1 to 5. Null without reviews. */
  average?: Maybe<Scalars['Float']['output']>;
  count: Scalars['Int']['output'];
};

/** A confirmed stay that has not begun. */
export type UpcomingStay = {
  __typename?: 'UpcomingStay';
  booking?: Maybe<Booking>;
  checkIn: Scalars['Date']['output'];
  checkOut: Scalars['Date']['output'];
  guest?: Maybe<User>;
  listing?: Maybe<Listing>;
  nights: Scalars['Int']['output'];
  total: Money;
};

export type UpcomingStayConnection = {
  __typename?: 'UpcomingStayConnection';
  edges: Array<UpcomingStayEdge>;
  pageInfo: PageInfo;
};

export type UpcomingStayEdge = {
  __typename?: 'UpcomingStayEdge';
  cursor: Scalars['String']['output'];
  node: UpcomingStay;
};

/** A user with an account. */
export type User = {
  __typename?: 'User';
  /** The user's activity on the marketplace. */
  activity?: Maybe<UserActivity>;
  id: Scalars['ID']['output'];
};

/** Activity of one user, without cancelled stays. */
export type UserActivity = {
  __typename?: 'UserActivity';
  /** Nights of those stays. */
  hostedNights: Scalars['Int']['output'];
  /** Guests' stays at the user's listings. */
  hostedStays: Scalars['Int']['output'];
  /** Nights of those stays. */
  nights: Scalars['Int']['output'];
  reviewsWritten: Scalars['Int']['output'];
  /** Stays booked as a guest. */
  stays: Scalars['Int']['output'];
};



export type ResolverTypeWrapper<T> = Promise<T> | T;

export type ReferenceResolver<TResult, TReference, TContext> = (
      reference: TReference,
      context: TContext,
      info: GraphQLResolveInfo
    ) => Promise<TResult> | TResult;

      type ScalarCheck<T, S> = S extends true ? T : NullableCheck<T, S>;
      type NullableCheck<T, S> = Maybe<T> extends T ? Maybe<ListCheck<NonNullable<T>, S>> : ListCheck<T, S>;
      type ListCheck<T, S> = T extends (infer U)[] ? NullableCheck<U, S>[] : GraphQLRecursivePick<T, S>;
      export type GraphQLRecursivePick<T, S> = { [K in keyof T & keyof S]: ScalarCheck<T[K], S[K]> };
    

export type ResolverWithResolve<TResult, TParent, TContext, TArgs> = {
  resolve: ResolverFn<TResult, TParent, TContext, TArgs>;
};
export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs> | ResolverWithResolve<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<TResult, TKey extends string, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Record<PropertyKey, never>, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

/** Mapping of federation types */
export type FederationTypes = {
  Listing: Listing;
  User: User;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Listing:
    ( { __typename: 'Listing' }
    & GraphQLRecursivePick<FederationTypes['Listing'], {"id":true}> );
  User:
    ( { __typename: 'User' }
    & GraphQLRecursivePick<FederationTypes['User'], {"id":true}> );
};



/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  Booking: ResolverTypeWrapper<BookingMapper>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  CacheControlScope: CacheControlScope;
  Date: ResolverTypeWrapper<Scalars['Date']['output']>;
  Figures: ResolverTypeWrapper<Figures>;
  HostDashboard: ResolverTypeWrapper<HostDashboardMapper>;
  Listing: ResolverTypeWrapper<ListingMapper>;
  ListingDay: ResolverTypeWrapper<ListingDay>;
  ListingFigures: ResolverTypeWrapper<ListingFiguresMapper>;
  ListingFiguresConnection: ResolverTypeWrapper<Omit<ListingFiguresConnection, 'edges'> & { edges: Array<ResolversTypes['ListingFiguresEdge']> }>;
  ListingFiguresEdge: ResolverTypeWrapper<Omit<ListingFiguresEdge, 'node'> & { node: ResolversTypes['ListingFigures'] }>;
  ListingStats: ResolverTypeWrapper<ListingStats>;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  Money: ResolverTypeWrapper<Money>;
  MonthFigures: ResolverTypeWrapper<MonthFigures>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  RatingFigures: ResolverTypeWrapper<RatingFigures>;
  UpcomingStay: ResolverTypeWrapper<UpcomingStayMapper>;
  UpcomingStayConnection: ResolverTypeWrapper<Omit<UpcomingStayConnection, 'edges'> & { edges: Array<ResolversTypes['UpcomingStayEdge']> }>;
  UpcomingStayEdge: ResolverTypeWrapper<Omit<UpcomingStayEdge, 'node'> & { node: ResolversTypes['UpcomingStay'] }>;
  User: ResolverTypeWrapper<UserMapper>;
  UserActivity: ResolverTypeWrapper<UserActivity>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  Booking: BookingMapper;
  ID: Scalars['ID']['output'];
  Date: Scalars['Date']['output'];
  Figures: Figures;
  HostDashboard: HostDashboardMapper;
  Listing: ListingMapper;
  ListingDay: ListingDay;
  ListingFigures: ListingFiguresMapper;
  ListingFiguresConnection: Omit<ListingFiguresConnection, 'edges'> & { edges: Array<ResolversParentTypes['ListingFiguresEdge']> };
  ListingFiguresEdge: Omit<ListingFiguresEdge, 'node'> & { node: ResolversParentTypes['ListingFigures'] };
  ListingStats: ListingStats;
  Float: Scalars['Float']['output'];
  Money: Money;
  MonthFigures: MonthFigures;
  PageInfo: PageInfo;
  Query: Record<PropertyKey, never>;
  RatingFigures: RatingFigures;
  UpcomingStay: UpcomingStayMapper;
  UpcomingStayConnection: Omit<UpcomingStayConnection, 'edges'> & { edges: Array<ResolversParentTypes['UpcomingStayEdge']> };
  UpcomingStayEdge: Omit<UpcomingStayEdge, 'node'> & { node: ResolversParentTypes['UpcomingStay'] };
  User: UserMapper;
  UserActivity: UserActivity;
  Boolean: Scalars['Boolean']['output'];
  Int: Scalars['Int']['output'];
  String: Scalars['String']['output'];
};

export type CacheControlDirectiveArgs = {
  inheritMaxAge?: Maybe<Scalars['Boolean']['input']>;
  maxAge?: Maybe<Scalars['Int']['input']>;
  scope?: Maybe<CacheControlScope>;
};

export type CacheControlDirectiveResolver<Result, Parent, ContextType = Context, Args = CacheControlDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type ListBoundDirectiveArgs = {
  days?: Maybe<Array<Scalars['String']['input']>>;
  maximum: Scalars['Int']['input'];
  sizedFields?: Maybe<Array<Scalars['String']['input']>>;
  slicingArguments?: Maybe<Array<Scalars['String']['input']>>;
};

export type ListBoundDirectiveResolver<Result, Parent, ContextType = Context, Args = ListBoundDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type BookingResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Booking'] = ResolversParentTypes['Booking']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export interface DateScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Date'], any> {
  name: 'Date';
}

export type FiguresResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Figures'] = ResolversParentTypes['Figures']> = {
  bookings?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  nights?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  revenue?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type HostDashboardResolvers<ContextType = Context, ParentType extends ResolversParentTypes['HostDashboard'] = ResolversParentTypes['HostDashboard']> = {
  host?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  listings?: Resolver<ResolversTypes['ListingFiguresConnection'], ParentType, ContextType, RequireFields<HostDashboardListingsArgs, 'first'>>;
  months?: Resolver<Array<ResolversTypes['MonthFigures']>, ParentType, ContextType, RequireFields<HostDashboardMonthsArgs, 'last'>>;
  openListings?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  rating?: Resolver<ResolversTypes['RatingFigures'], ParentType, ContextType>;
  totals?: Resolver<ResolversTypes['Figures'], ParentType, ContextType>;
  upcoming?: Resolver<ResolversTypes['UpcomingStayConnection'], ParentType, ContextType, RequireFields<HostDashboardUpcomingArgs, 'first'>>;
};

export type ListingResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Listing'] = ResolversParentTypes['Listing'], FederationReferenceType extends FederationReferenceTypes['Listing'] = FederationReferenceTypes['Listing']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Listing']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  stats?: Resolver<Maybe<ResolversTypes['ListingStats']>, ParentType, ContextType, RequireFields<ListingStatsArgs, 'from' | 'to'>>;
};

export type ListingDayResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ListingDay'] = ResolversParentTypes['ListingDay']> = {
  booked?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  date?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  revenue?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
};

export type ListingFiguresResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ListingFigures'] = ResolversParentTypes['ListingFigures']> = {
  listing?: Resolver<Maybe<ResolversTypes['Listing']>, ParentType, ContextType>;
  rating?: Resolver<ResolversTypes['RatingFigures'], ParentType, ContextType>;
  totals?: Resolver<ResolversTypes['Figures'], ParentType, ContextType>;
};

export type ListingFiguresConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ListingFiguresConnection'] = ResolversParentTypes['ListingFiguresConnection']> = {
  edges?: Resolver<Array<ResolversTypes['ListingFiguresEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type ListingFiguresEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ListingFiguresEdge'] = ResolversParentTypes['ListingFiguresEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['ListingFigures'], ParentType, ContextType>;
};

export type ListingStatsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ListingStats'] = ResolversParentTypes['ListingStats']> = {
  bookings?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  days?: Resolver<Array<ResolversTypes['ListingDay']>, ParentType, ContextType>;
  from?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  nights?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  occupancy?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  revenue?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  to?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
};

export type MoneyResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Money'] = ResolversParentTypes['Money']> = {
  amount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type MonthFiguresResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MonthFigures'] = ResolversParentTypes['MonthFigures']> = {
  bookings?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  month?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  nights?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  revenue?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  hostDashboard?: Resolver<Maybe<ResolversTypes['HostDashboard']>, ParentType, ContextType>;
  trendingListings?: Resolver<Array<ResolversTypes['Listing']>, ParentType, ContextType, RequireFields<QueryTrendingListingsArgs, 'first'>>;
};

export type RatingFiguresResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RatingFigures'] = ResolversParentTypes['RatingFigures']> = {
  average?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type UpcomingStayResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpcomingStay'] = ResolversParentTypes['UpcomingStay']> = {
  booking?: Resolver<Maybe<ResolversTypes['Booking']>, ParentType, ContextType>;
  checkIn?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  checkOut?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  guest?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  listing?: Resolver<Maybe<ResolversTypes['Listing']>, ParentType, ContextType>;
  nights?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  total?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type UpcomingStayConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpcomingStayConnection'] = ResolversParentTypes['UpcomingStayConnection']> = {
  edges?: Resolver<Array<ResolversTypes['UpcomingStayEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type UpcomingStayEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpcomingStayEdge'] = ResolversParentTypes['UpcomingStayEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['UpcomingStay'], ParentType, ContextType>;
};

export type UserResolvers<ContextType = Context, ParentType extends ResolversParentTypes['User'] = ResolversParentTypes['User'], FederationReferenceType extends FederationReferenceTypes['User'] = FederationReferenceTypes['User']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['User']> | FederationReferenceType, FederationReferenceType, ContextType>;
  activity?: Resolver<Maybe<ResolversTypes['UserActivity']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type UserActivityResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UserActivity'] = ResolversParentTypes['UserActivity']> = {
  hostedNights?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  hostedStays?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  nights?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  reviewsWritten?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  stays?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  Booking?: BookingResolvers<ContextType>;
  Date?: GraphQLScalarType;
  Figures?: FiguresResolvers<ContextType>;
  HostDashboard?: HostDashboardResolvers<ContextType>;
  Listing?: ListingResolvers<ContextType>;
  ListingDay?: ListingDayResolvers<ContextType>;
  ListingFigures?: ListingFiguresResolvers<ContextType>;
  ListingFiguresConnection?: ListingFiguresConnectionResolvers<ContextType>;
  ListingFiguresEdge?: ListingFiguresEdgeResolvers<ContextType>;
  ListingStats?: ListingStatsResolvers<ContextType>;
  Money?: MoneyResolvers<ContextType>;
  MonthFigures?: MonthFiguresResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  RatingFigures?: RatingFiguresResolvers<ContextType>;
  UpcomingStay?: UpcomingStayResolvers<ContextType>;
  UpcomingStayConnection?: UpcomingStayConnectionResolvers<ContextType>;
  UpcomingStayEdge?: UpcomingStayEdgeResolvers<ContextType>;
  User?: UserResolvers<ContextType>;
  UserActivity?: UserActivityResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = Context> = {
  cacheControl?: CacheControlDirectiveResolver<any, any, ContextType>;
  listBound?: ListBoundDirectiveResolver<any, any, ContextType>;
};

import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { ReviewMapper, ListingMapper, HostMapper, GuestMapper, BookingMapper } from '../mappers.ts';
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
  /** A date and time, RFC 3339: `2026-05-01T09:30:00Z`. */
  DateTime: { input: string; output: string; }
  _FieldSet: { input: unknown; output: unknown; }
};

/** The stay already has a review of this subject. */
export type AlreadyReviewed = Failure & {
  __typename?: 'AlreadyReviewed';
  message: Scalars['String']['output'];
  /** The existing review. */
  review: Review;
};

/** A guest's booking of a listing. Guest and host can review each other from the check-out date. */
export type Booking = {
  __typename?: 'Booking';
  /** The host's review of the guest. */
  guestReview?: Maybe<Review>;
  /** The guest's review of the host. */
  hostReview?: Maybe<Review>;
  id: Scalars['ID']['output'];
  /** The guest's review of the listing. */
  listingReview?: Maybe<Review>;
  /** @deprecated Use `listingReview`. */
  locationReview?: Maybe<Review>;
};

/** Which caches may store a response. */
export type CacheControlScope =
  /** Only the viewer's own cache. */
  | 'PRIVATE'
  /** Shared caches, such as a CDN. */
  | 'PUBLIC';

/** An expected failure. */
export type Failure = {
  /** What went wrong and what to do. Can be shown to users. */
  message: Scalars['String']['output'];
};

/** A user who books stays. */
export type Guest = User & {
  __typename?: 'Guest';
  id: Scalars['ID']['output'];
  /** Average rating, 1 to 5. Null without reviews. */
  overallRating?: Maybe<Scalars['Float']['output']>;
  reviewCount?: Maybe<Scalars['Int']['output']>;
  /** Hosts' reviews of the guest, newest first. */
  reviews?: Maybe<ReviewConnection>;
};


/** A user who books stays. */
export type GuestReviewsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first: Scalars['Int']['input'];
};

/** A user who rents out listings. */
export type Host = User & {
  __typename?: 'Host';
  id: Scalars['ID']['output'];
  /** Average rating, 1 to 5. Null without reviews. */
  overallRating?: Maybe<Scalars['Float']['output']>;
  reviewCount?: Maybe<Scalars['Int']['output']>;
  /** Guests' reviews of the host, newest first. */
  reviews?: Maybe<ReviewConnection>;
};


/** A user who rents out listings. */
export type HostReviewsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first: Scalars['Int']['input'];
};

/** A review from another system, with its stay. */
export type ImportedReview = {
  authorId: Scalars['ID']['input'];
  bookingId: Scalars['ID']['input'];
  rating: Scalars['Int']['input'];
  subject: ReviewSubjectType;
  /** Id of the listing, host or guest. */
  subjectId: Scalars['ID']['input'];
  text: Scalars['String']['input'];
  writtenAt: Scalars['DateTime']['input'];
};

/** A place to stay, offered by a host. */
export type Listing = {
  __typename?: 'Listing';
  id: Scalars['ID']['output'];
  /** Average rating, 1 to 5. Null without reviews. */
  overallRating?: Maybe<Scalars['Float']['output']>;
  reviewCount?: Maybe<Scalars['Int']['output']>;
  /** Newest first. */
  reviews?: Maybe<ReviewConnection>;
};


/** A place to stay, offered by a host. */
export type ListingReviewsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first: Scalars['Int']['input'];
};

export type Mutation = {
  __typename?: 'Mutation';
  /** For operators, who invoke this subgraph directly. At most 500 reviews. */
  importReviews: ReviewImport;
  /** Reviews a completed stay of the viewer: a guest reviews the listing and the host, a host the guest. */
  writeReview: WriteReviewResult;
};


export type MutationImportReviewsArgs = {
  reviews: Array<ImportedReview>;
};


export type MutationWriteReviewArgs = {
  input: WriteReviewInput;
};

/** The viewer has no stay with this booking id, or cannot review this subject of it. */
export type NotYourStay = Failure & {
  __typename?: 'NotYourStay';
  message: Scalars['String']['output'];
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
  /** A review by id. Null if there is none. */
  review?: Maybe<Review>;
};


export type QueryReviewArgs = {
  id: Scalars['ID']['input'];
};

export type RejectedReview = {
  __typename?: 'RejectedReview';
  reason: Scalars['String']['output'];
  /** Index in the call, from 0. */
  row: Scalars['Int']['output'];
};

/** A guest's review of a listing or its host, or a host's review of a guest, after a stay. */
export type Review = {
  __typename?: 'Review';
  author?: Maybe<User>;
  id: Scalars['ID']['output'];
  /** 1 (bad) to 5 (excellent). */
  rating: Scalars['Int']['output'];
  subject?: Maybe<ReviewSubject>;
  text: Scalars['String']['output'];
  writtenAt: Scalars['DateTime']['output'];
};

export type ReviewConnection = {
  __typename?: 'ReviewConnection';
  edges: Array<ReviewEdge>;
  pageInfo: PageInfo;
};

export type ReviewEdge = {
  __typename?: 'ReviewEdge';
  cursor: Scalars['String']['output'];
  node: Review;
};

/** Result of one import call. */
export type ReviewImport = {
  __typename?: 'ReviewImport';
  /** Reviews that already existed and were not changed. */
  existing: Scalars['Int']['output'];
  imported: Scalars['Int']['output'];
  rejected: Array<RejectedReview>;
};

/** The input is invalid. */
export type ReviewInvalid = Failure & {
  __typename?: 'ReviewInvalid';
  /** Path of the invalid input field, such as `rating`. */
  field: Scalars['String']['output'];
  message: Scalars['String']['output'];
};

/** The listing, host or guest that a review is about. */
export type ReviewSubject = Guest | Host | Listing;

/** Subject of a review. */
export type ReviewSubjectType =
  /** The guest, reviewed by the host. */
  | 'GUEST'
  /** The host, reviewed by the guest. */
  | 'HOST'
  /** The listing, reviewed by the guest. */
  | 'LISTING';

/** The booking was cancelled. */
export type StayCancelled = Failure & {
  __typename?: 'StayCancelled';
  message: Scalars['String']['output'];
};

/** A stay can be reviewed from the check-out date. */
export type StayNotOver = Failure & {
  __typename?: 'StayNotOver';
  message: Scalars['String']['output'];
};

/** A user with an account. */
export type User = {
  id: Scalars['ID']['output'];
};

export type WriteReviewInput = {
  /** The booking of the stay. */
  bookingId: Scalars['ID']['input'];
  /** 1 (bad) to 5 (excellent). */
  rating: Scalars['Int']['input'];
  subject: ReviewSubjectType;
  text: Scalars['String']['input'];
};

export type WriteReviewResult = AlreadyReviewed | NotYourStay | Review | ReviewInvalid | StayCancelled | StayNotOver;



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
  Booking: Booking;
  Guest: Guest;
  Host: Host;
  Listing: Listing;
  Review: Review;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Booking:
    ( { __typename: 'Booking' }
    & GraphQLRecursivePick<FederationTypes['Booking'], {"id":true}> );
  Guest:
    ( { __typename: 'Guest' }
    & GraphQLRecursivePick<FederationTypes['Guest'], {"id":true}> );
  Host:
    ( { __typename: 'Host' }
    & GraphQLRecursivePick<FederationTypes['Host'], {"id":true}> );
  Listing:
    ( { __typename: 'Listing' }
    & GraphQLRecursivePick<FederationTypes['Listing'], {"id":true}> );
  Review:
    ( { __typename: 'Review' }
    & GraphQLRecursivePick<FederationTypes['Review'], {"id":true}> );
};

/** Mapping of union types */
export type ResolversUnionTypes<_RefType extends Record<string, unknown>> = {
  ReviewSubject:
    | ( GuestMapper & { __typename: 'Guest' } )
    | ( HostMapper & { __typename: 'Host' } )
    | ( ListingMapper & { __typename: 'Listing' } )
  ;
  WriteReviewResult:
    | ( Omit<AlreadyReviewed, 'review'> & { review: _RefType['Review'] } & { __typename: 'AlreadyReviewed' } )
    | ( NotYourStay & { __typename: 'NotYourStay' } )
    | ( ReviewMapper & { __typename: 'Review' } )
    | ( ReviewInvalid & { __typename: 'ReviewInvalid' } )
    | ( StayCancelled & { __typename: 'StayCancelled' } )
    | ( StayNotOver & { __typename: 'StayNotOver' } )
  ;
};

/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = {
  Failure:
    | ( Omit<AlreadyReviewed, 'review'> & { review: _RefType['Review'] } )
    | ( NotYourStay )
    | ( ReviewInvalid )
    | ( StayCancelled )
    | ( StayNotOver )
  ;
  User:
    | ( GuestMapper )
    | ( HostMapper )
  ;
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  AlreadyReviewed: ResolverTypeWrapper<Omit<AlreadyReviewed, 'review'> & { review: ResolversTypes['Review'] }>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Booking: ResolverTypeWrapper<BookingMapper>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  CacheControlScope: CacheControlScope;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  Failure: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['Failure']>;
  Guest: ResolverTypeWrapper<GuestMapper>;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  Host: ResolverTypeWrapper<HostMapper>;
  ImportedReview: ImportedReview;
  Listing: ResolverTypeWrapper<ListingMapper>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  NotYourStay: ResolverTypeWrapper<NotYourStay>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  RejectedReview: ResolverTypeWrapper<RejectedReview>;
  Review: ResolverTypeWrapper<ReviewMapper>;
  ReviewConnection: ResolverTypeWrapper<Omit<ReviewConnection, 'edges'> & { edges: Array<ResolversTypes['ReviewEdge']> }>;
  ReviewEdge: ResolverTypeWrapper<Omit<ReviewEdge, 'node'> & { node: ResolversTypes['Review'] }>;
  ReviewImport: ResolverTypeWrapper<ReviewImport>;
  ReviewInvalid: ResolverTypeWrapper<ReviewInvalid>;
  ReviewSubject: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['ReviewSubject']>;
  ReviewSubjectType: ReviewSubjectType;
  StayCancelled: ResolverTypeWrapper<StayCancelled>;
  StayNotOver: ResolverTypeWrapper<StayNotOver>;
  User: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['User']>;
  WriteReviewInput: WriteReviewInput;
  WriteReviewResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['WriteReviewResult']>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  AlreadyReviewed: Omit<AlreadyReviewed, 'review'> & { review: ResolversParentTypes['Review'] };
  String: Scalars['String']['output'];
  Booking: BookingMapper;
  ID: Scalars['ID']['output'];
  DateTime: Scalars['DateTime']['output'];
  Failure: ResolversInterfaceTypes<ResolversParentTypes>['Failure'];
  Guest: GuestMapper;
  Float: Scalars['Float']['output'];
  Host: HostMapper;
  ImportedReview: ImportedReview;
  Listing: ListingMapper;
  Mutation: Record<PropertyKey, never>;
  NotYourStay: NotYourStay;
  PageInfo: PageInfo;
  Query: Record<PropertyKey, never>;
  RejectedReview: RejectedReview;
  Review: ReviewMapper;
  ReviewConnection: Omit<ReviewConnection, 'edges'> & { edges: Array<ResolversParentTypes['ReviewEdge']> };
  ReviewEdge: Omit<ReviewEdge, 'node'> & { node: ResolversParentTypes['Review'] };
  ReviewImport: ReviewImport;
  ReviewInvalid: ReviewInvalid;
  ReviewSubject: ResolversUnionTypes<ResolversParentTypes>['ReviewSubject'];
  StayCancelled: StayCancelled;
  StayNotOver: StayNotOver;
  User: ResolversInterfaceTypes<ResolversParentTypes>['User'];
  WriteReviewInput: WriteReviewInput;
  WriteReviewResult: ResolversUnionTypes<ResolversParentTypes>['WriteReviewResult'];
  Boolean: Scalars['Boolean']['output'];
  Int: Scalars['Int']['output'];
};

export type CacheControlDirectiveArgs = {
  inheritMaxAge?: Maybe<Scalars['Boolean']['input']>;
  maxAge?: Maybe<Scalars['Int']['input']>;
  scope?: Maybe<CacheControlScope>;
};

export type CacheControlDirectiveResolver<Result, Parent, ContextType = Context, Args = CacheControlDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type AlreadyReviewedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AlreadyReviewed'] = ResolversParentTypes['AlreadyReviewed']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  review?: Resolver<ResolversTypes['Review'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type BookingResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Booking'] = ResolversParentTypes['Booking'], FederationReferenceType extends FederationReferenceTypes['Booking'] = FederationReferenceTypes['Booking']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Booking']> | FederationReferenceType, FederationReferenceType, ContextType>;
  guestReview?: Resolver<Maybe<ResolversTypes['Review']>, ParentType, ContextType>;
  hostReview?: Resolver<Maybe<ResolversTypes['Review']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  listingReview?: Resolver<Maybe<ResolversTypes['Review']>, ParentType, ContextType>;
  locationReview?: Resolver<Maybe<ResolversTypes['Review']>, ParentType, ContextType>;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type FailureResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Failure'] = ResolversParentTypes['Failure']> = {
  __resolveType: TypeResolveFn<'AlreadyReviewed' | 'NotYourStay' | 'ReviewInvalid' | 'StayCancelled' | 'StayNotOver', ParentType, ContextType>;
};

export type GuestResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Guest'] = ResolversParentTypes['Guest'], FederationReferenceType extends FederationReferenceTypes['Guest'] = FederationReferenceTypes['Guest']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Guest']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  overallRating?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  reviewCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  reviews?: Resolver<Maybe<ResolversTypes['ReviewConnection']>, ParentType, ContextType, RequireFields<GuestReviewsArgs, 'first'>>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type HostResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Host'] = ResolversParentTypes['Host'], FederationReferenceType extends FederationReferenceTypes['Host'] = FederationReferenceTypes['Host']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Host']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  overallRating?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  reviewCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  reviews?: Resolver<Maybe<ResolversTypes['ReviewConnection']>, ParentType, ContextType, RequireFields<HostReviewsArgs, 'first'>>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ListingResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Listing'] = ResolversParentTypes['Listing'], FederationReferenceType extends FederationReferenceTypes['Listing'] = FederationReferenceTypes['Listing']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Listing']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  overallRating?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  reviewCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  reviews?: Resolver<Maybe<ResolversTypes['ReviewConnection']>, ParentType, ContextType, RequireFields<ListingReviewsArgs, 'first'>>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  importReviews?: Resolver<ResolversTypes['ReviewImport'], ParentType, ContextType, RequireFields<MutationImportReviewsArgs, 'reviews'>>;
  writeReview?: Resolver<ResolversTypes['WriteReviewResult'], ParentType, ContextType, RequireFields<MutationWriteReviewArgs, 'input'>>;
};

export type NotYourStayResolvers<ContextType = Context, ParentType extends ResolversParentTypes['NotYourStay'] = ResolversParentTypes['NotYourStay']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  review?: Resolver<Maybe<ResolversTypes['Review']>, ParentType, ContextType, RequireFields<QueryReviewArgs, 'id'>>;
};

export type RejectedReviewResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RejectedReview'] = ResolversParentTypes['RejectedReview']> = {
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  row?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ReviewResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Review'] = ResolversParentTypes['Review'], FederationReferenceType extends FederationReferenceTypes['Review'] = FederationReferenceTypes['Review']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Review']> | FederationReferenceType, FederationReferenceType, ContextType>;
  author?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  rating?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  subject?: Resolver<Maybe<ResolversTypes['ReviewSubject']>, ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  writtenAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ReviewConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReviewConnection'] = ResolversParentTypes['ReviewConnection']> = {
  edges?: Resolver<Array<ResolversTypes['ReviewEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type ReviewEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReviewEdge'] = ResolversParentTypes['ReviewEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Review'], ParentType, ContextType>;
};

export type ReviewImportResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReviewImport'] = ResolversParentTypes['ReviewImport']> = {
  existing?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  imported?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  rejected?: Resolver<Array<ResolversTypes['RejectedReview']>, ParentType, ContextType>;
};

export type ReviewInvalidResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReviewInvalid'] = ResolversParentTypes['ReviewInvalid']> = {
  field?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ReviewSubjectResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReviewSubject'] = ResolversParentTypes['ReviewSubject']> = {
  __resolveType: TypeResolveFn<'Guest' | 'Host' | 'Listing', ParentType, ContextType>;
};

export type StayCancelledResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StayCancelled'] = ResolversParentTypes['StayCancelled']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type StayNotOverResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StayNotOver'] = ResolversParentTypes['StayNotOver']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type UserResolvers<ContextType = Context, ParentType extends ResolversParentTypes['User'] = ResolversParentTypes['User']> = {
  __resolveType: TypeResolveFn<'Guest' | 'Host', ParentType, ContextType>;
};

export type WriteReviewResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['WriteReviewResult'] = ResolversParentTypes['WriteReviewResult']> = {
  __resolveType: TypeResolveFn<'AlreadyReviewed' | 'NotYourStay' | 'Review' | 'ReviewInvalid' | 'StayCancelled' | 'StayNotOver', ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  AlreadyReviewed?: AlreadyReviewedResolvers<ContextType>;
  Booking?: BookingResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  Failure?: FailureResolvers<ContextType>;
  Guest?: GuestResolvers<ContextType>;
  Host?: HostResolvers<ContextType>;
  Listing?: ListingResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  NotYourStay?: NotYourStayResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  RejectedReview?: RejectedReviewResolvers<ContextType>;
  Review?: ReviewResolvers<ContextType>;
  ReviewConnection?: ReviewConnectionResolvers<ContextType>;
  ReviewEdge?: ReviewEdgeResolvers<ContextType>;
  ReviewImport?: ReviewImportResolvers<ContextType>;
  ReviewInvalid?: ReviewInvalidResolvers<ContextType>;
  ReviewSubject?: ReviewSubjectResolvers<ContextType>;
  StayCancelled?: StayCancelledResolvers<ContextType>;
  StayNotOver?: StayNotOverResolvers<ContextType>;
  User?: UserResolvers<ContextType>;
  WriteReviewResult?: WriteReviewResultResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = Context> = {
  cacheControl?: CacheControlDirectiveResolver<any, any, ContextType>;
};

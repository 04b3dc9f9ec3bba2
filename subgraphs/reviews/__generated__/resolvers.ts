import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { ReviewMapper, ListingMapper, HostMapper, GuestMapper } from '../mappers.ts';
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
  /** A moment, RFC 3339: `2026-05-01T09:30:00Z`. */
  DateTime: { input: string; output: string; }
  _FieldSet: { input: unknown; output: unknown; }
};

/** The viewer has reviewed this before: one review a guest and subject. */
export type AlreadyReviewed = Failure & {
  __typename?: 'AlreadyReviewed';
  message: Scalars['String']['output'];
};

/** An expected failure. */
export type Failure = {
  /** What went wrong and what to do, in words for people. */
  message: Scalars['String']['output'];
};

export type Guest = {
  __typename?: 'Guest';
  id: Scalars['ID']['output'];
};

/** Someone who offers places to stay. */
export type Host = {
  __typename?: 'Host';
  id: Scalars['ID']['output'];
  /** The mean of all ratings, from 1 to 5; null without reviews. */
  overallRating?: Maybe<Scalars['Float']['output']>;
  reviewCount?: Maybe<Scalars['Int']['output']>;
  /** Newest first. */
  reviews?: Maybe<ReviewConnection>;
};


/** Someone who offers places to stay. */
export type HostReviewsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first: Scalars['Int']['input'];
};

/** A review of another system. */
export type ImportedReview = {
  authorId: Scalars['ID']['input'];
  rating: Scalars['Int']['input'];
  subject: ReviewSubjectInput;
  text: Scalars['String']['input'];
  writtenAt: Scalars['DateTime']['input'];
};

/** A place to stay. */
export type Listing = {
  __typename?: 'Listing';
  id: Scalars['ID']['output'];
  /** The mean of all ratings, from 1 to 5; null without reviews. */
  overallRating?: Maybe<Scalars['Float']['output']>;
  reviewCount?: Maybe<Scalars['Int']['output']>;
  /** Newest first. */
  reviews?: Maybe<ReviewConnection>;
};


/** A place to stay. */
export type ListingReviewsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first: Scalars['Int']['input'];
};

export type Mutation = {
  __typename?: 'Mutation';
  /** For operators, who invoke this subgraph directly: at most 500 reviews. */
  importReviews: ReviewImport;
  /** Reviews a listing or a host, once; guests only. */
  writeReview: WriteReviewResult;
};


export type MutationImportReviewsArgs = {
  reviews: Array<ImportedReview>;
};


export type MutationWriteReviewArgs = {
  input: WriteReviewInput;
};

/** Only guests write reviews. */
export type NotAGuest = Failure & {
  __typename?: 'NotAGuest';
  message: Scalars['String']['output'];
};

/** Where one page of a list lies in it. Lists are read forward only. */
export type PageInfo = {
  __typename?: 'PageInfo';
  /** Give it as `after` to read on. */
  endCursor?: Maybe<Scalars['String']['output']>;
  hasNextPage: Scalars['Boolean']['output'];
  /** Whether the page was asked for with `after`. */
  hasPreviousPage: Scalars['Boolean']['output'];
  startCursor?: Maybe<Scalars['String']['output']>;
};

export type Query = {
  __typename?: 'Query';
  review?: Maybe<Review>;
};


export type QueryReviewArgs = {
  id: Scalars['ID']['input'];
};

export type RejectedReview = {
  __typename?: 'RejectedReview';
  reason: Scalars['String']['output'];
  /** Place in the call, from 0. */
  row: Scalars['Int']['output'];
};

/** What a guest thought of a place or of its host. */
export type Review = {
  __typename?: 'Review';
  author?: Maybe<Guest>;
  id: Scalars['ID']['output'];
  /** From 1, bad, to 5, excellent. */
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

/** What became of the rows of one import call. */
export type ReviewImport = {
  __typename?: 'ReviewImport';
  /** Reviews whose author had reviewed the same before. */
  existing: Scalars['Int']['output'];
  imported: Scalars['Int']['output'];
  rejected: Array<RejectedReview>;
};

/** A value breaks a rule. */
export type ReviewInvalid = Failure & {
  __typename?: 'ReviewInvalid';
  /** The input field that is wrong, such as `rating`. */
  field: Scalars['String']['output'];
  message: Scalars['String']['output'];
};

/** What can be reviewed. */
export type ReviewSubject = Host | Listing;

/** Names what is reviewed: one of the two. */
export type ReviewSubjectInput = {
  hostId?: InputMaybe<Scalars['ID']['input']>;
  listingId?: InputMaybe<Scalars['ID']['input']>;
};

export type WriteReviewInput = {
  /** From 1, bad, to 5, excellent. */
  rating: Scalars['Int']['input'];
  subject: ReviewSubjectInput;
  text: Scalars['String']['input'];
};

export type WriteReviewResult = AlreadyReviewed | NotAGuest | Review | ReviewInvalid;



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
  Host: Host;
  Listing: Listing;
  Review: Review;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
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
    | ( HostMapper & { __typename: 'Host' } )
    | ( ListingMapper & { __typename: 'Listing' } )
  ;
  WriteReviewResult:
    | ( AlreadyReviewed & { __typename: 'AlreadyReviewed' } )
    | ( NotAGuest & { __typename: 'NotAGuest' } )
    | ( ReviewMapper & { __typename: 'Review' } )
    | ( ReviewInvalid & { __typename: 'ReviewInvalid' } )
  ;
};

/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = {
  Failure:
    | ( AlreadyReviewed )
    | ( NotAGuest )
    | ( ReviewInvalid )
  ;
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  AlreadyReviewed: ResolverTypeWrapper<AlreadyReviewed>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  Failure: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['Failure']>;
  Guest: ResolverTypeWrapper<GuestMapper>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Host: ResolverTypeWrapper<HostMapper>;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  ImportedReview: ImportedReview;
  Listing: ResolverTypeWrapper<ListingMapper>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  NotAGuest: ResolverTypeWrapper<NotAGuest>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  RejectedReview: ResolverTypeWrapper<RejectedReview>;
  Review: ResolverTypeWrapper<ReviewMapper>;
  ReviewConnection: ResolverTypeWrapper<Omit<ReviewConnection, 'edges'> & { edges: Array<ResolversTypes['ReviewEdge']> }>;
  ReviewEdge: ResolverTypeWrapper<Omit<ReviewEdge, 'node'> & { node: ResolversTypes['Review'] }>;
  ReviewImport: ResolverTypeWrapper<ReviewImport>;
  ReviewInvalid: ResolverTypeWrapper<ReviewInvalid>;
  ReviewSubject: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['ReviewSubject']>;
  ReviewSubjectInput: ReviewSubjectInput;
  WriteReviewInput: WriteReviewInput;
  WriteReviewResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['WriteReviewResult']>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  AlreadyReviewed: AlreadyReviewed;
  String: Scalars['String']['output'];
  DateTime: Scalars['DateTime']['output'];
  Failure: ResolversInterfaceTypes<ResolversParentTypes>['Failure'];
  Guest: GuestMapper;
  ID: Scalars['ID']['output'];
  Host: HostMapper;
  Float: Scalars['Float']['output'];
  Int: Scalars['Int']['output'];
  ImportedReview: ImportedReview;
  Listing: ListingMapper;
  Mutation: Record<PropertyKey, never>;
  NotAGuest: NotAGuest;
  PageInfo: PageInfo;
  Boolean: Scalars['Boolean']['output'];
  Query: Record<PropertyKey, never>;
  RejectedReview: RejectedReview;
  Review: ReviewMapper;
  ReviewConnection: Omit<ReviewConnection, 'edges'> & { edges: Array<ResolversParentTypes['ReviewEdge']> };
  ReviewEdge: Omit<ReviewEdge, 'node'> & { node: ResolversParentTypes['Review'] };
  ReviewImport: ReviewImport;
  ReviewInvalid: ReviewInvalid;
  ReviewSubject: ResolversUnionTypes<ResolversParentTypes>['ReviewSubject'];
  ReviewSubjectInput: ReviewSubjectInput;
  WriteReviewInput: WriteReviewInput;
  WriteReviewResult: ResolversUnionTypes<ResolversParentTypes>['WriteReviewResult'];
};

export type AlreadyReviewedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AlreadyReviewed'] = ResolversParentTypes['AlreadyReviewed']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type FailureResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Failure'] = ResolversParentTypes['Failure']> = {
  __resolveType: TypeResolveFn<'AlreadyReviewed' | 'NotAGuest' | 'ReviewInvalid', ParentType, ContextType>;
};

export type GuestResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Guest'] = ResolversParentTypes['Guest']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
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

export type NotAGuestResolvers<ContextType = Context, ParentType extends ResolversParentTypes['NotAGuest'] = ResolversParentTypes['NotAGuest']> = {
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
  author?: Resolver<Maybe<ResolversTypes['Guest']>, ParentType, ContextType>;
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
  __resolveType: TypeResolveFn<'Host' | 'Listing', ParentType, ContextType>;
};

export type WriteReviewResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['WriteReviewResult'] = ResolversParentTypes['WriteReviewResult']> = {
  __resolveType: TypeResolveFn<'AlreadyReviewed' | 'NotAGuest' | 'Review' | 'ReviewInvalid', ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  AlreadyReviewed?: AlreadyReviewedResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  Failure?: FailureResolvers<ContextType>;
  Guest?: GuestResolvers<ContextType>;
  Host?: HostResolvers<ContextType>;
  Listing?: ListingResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  NotAGuest?: NotAGuestResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  RejectedReview?: RejectedReviewResolvers<ContextType>;
  Review?: ReviewResolvers<ContextType>;
  ReviewConnection?: ReviewConnectionResolvers<ContextType>;
  ReviewEdge?: ReviewEdgeResolvers<ContextType>;
  ReviewImport?: ReviewImportResolvers<ContextType>;
  ReviewInvalid?: ReviewInvalidResolvers<ContextType>;
  ReviewSubject?: ReviewSubjectResolvers<ContextType>;
  WriteReviewResult?: WriteReviewResultResolvers<ContextType>;
};


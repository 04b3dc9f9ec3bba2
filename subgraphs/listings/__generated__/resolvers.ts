import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { AmenityMapper, ListingMapper, HostMapper } from '../mappers.ts';
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
  /** An http or https URL. */
  URL: { input: string; output: string; }
  _FieldSet: { input: unknown; output: unknown; }
};

/** An amenity of a listing. */
export type Amenity = {
  __typename?: 'Amenity';
  category: AmenityCategory;
  /** Stable identifier, such as `wifi`. */
  id: Scalars['ID']['output'];
  name: Scalars['String']['output'];
};

/** Category of an amenity. */
export type AmenityCategory =
  | 'ACCOMMODATION_DETAILS'
  | 'OUTDOORS'
  | 'SPACE_SURVIVAL';

/** Which caches may store a response. */
export type CacheControlScope =
  /** Only the viewer's own cache. */
  | 'PRIVATE'
  /** Shared caches, such as a CDN. */
  | 'PUBLIC';

export type CloseListingResult = Listing | ListingBusy | ListingNotFound | NotYourListing;

export type CreateListingInput = {
  amenities: Array<Scalars['ID']['input']>;
  borough: Scalars['String']['input'];
  description: Scalars['String']['input'];
  location: GeoPointInput;
  minimumNights: Scalars['Int']['input'];
  neighbourhood: Scalars['String']['input'];
  nightlyPrice: MoneyInput;
  photo?: InputMaybe<Scalars['URL']['input']>;
  roomType: RoomType;
  title: Scalars['String']['input'];
};

export type CreateListingResult = Listing | ListingInvalid | NotAHost;

/** An expected failure. */
export type Failure = {
  /** What went wrong and what to do. Can be shown to users. */
  message: Scalars['String']['output'];
};

/** A position on Earth, WGS 84. */
export type GeoPoint = {
  __typename?: 'GeoPoint';
  /** Degrees north. */
  latitude: Scalars['Float']['output'];
  /** Degrees east. */
  longitude: Scalars['Float']['output'];
};

export type GeoPointInput = {
  latitude: Scalars['Float']['input'];
  longitude: Scalars['Float']['input'];
};

/** A user who rents out listings. */
export type Host = {
  __typename?: 'Host';
  id: Scalars['ID']['output'];
  /** The host's listings, including closed ones, newest first. */
  listings?: Maybe<ListingConnection>;
};


/** A user who rents out listings. */
export type HostListingsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first: Scalars['Int']['input'];
};

/** A listing from another system. Keeps its id. */
export type ImportedListing = {
  amenities: Array<Scalars['ID']['input']>;
  borough: Scalars['String']['input'];
  description: Scalars['String']['input'];
  featured: Scalars['Boolean']['input'];
  hostId: Scalars['ID']['input'];
  id: Scalars['ID']['input'];
  listedAt: Scalars['DateTime']['input'];
  location: GeoPointInput;
  minimumNights: Scalars['Int']['input'];
  neighbourhood: Scalars['String']['input'];
  nightlyPrice: MoneyInput;
  photo?: InputMaybe<Scalars['URL']['input']>;
  roomType: RoomType;
  title: Scalars['String']['input'];
};

/** A place to stay, offered by a host. */
export type Listing = {
  __typename?: 'Listing';
  amenities: Array<Amenity>;
  /** One of the city's large districts, such as `Brooklyn`. */
  borough: Scalars['String']['output'];
  description: Scalars['String']['output'];
  host?: Maybe<Host>;
  id: Scalars['ID']['output'];
  listedAt: Scalars['DateTime']['output'];
  location: GeoPoint;
  /** Minimum stay, in nights. */
  minimumNights: Scalars['Int']['output'];
  neighbourhood: Scalars['String']['output'];
  nightlyPrice: Money;
  photo?: Maybe<Scalars['URL']['output']>;
  roomType: RoomType;
  /** URL slug. Does not change with the title. */
  slug: Scalars['String']['output'];
  status: ListingStatus;
  title: Scalars['String']['output'];
};

/** Concurrent changes prevented this one. Try again. */
export type ListingBusy = Failure & {
  __typename?: 'ListingBusy';
  message: Scalars['String']['output'];
};

export type ListingConnection = {
  __typename?: 'ListingConnection';
  edges: Array<ListingEdge>;
  pageInfo: PageInfo;
};

export type ListingEdge = {
  __typename?: 'ListingEdge';
  cursor: Scalars['String']['output'];
  node: Listing;
};

/** Conditions are combined with AND. */
export type ListingFilter = {
  borough?: InputMaybe<Scalars['String']['input']>;
  /** Maximum nightly price, in minor units. */
  maxPrice?: InputMaybe<Scalars['Int']['input']>;
  /** Minimum nightly price, in minor units. */
  minPrice?: InputMaybe<Scalars['Int']['input']>;
  neighbourhood?: InputMaybe<Scalars['String']['input']>;
  /** Whether to exclude closed listings. */
  openOnly: Scalars['Boolean']['input'];
  roomType?: InputMaybe<RoomType>;
};

/** Result of one import call. */
export type ListingImport = {
  __typename?: 'ListingImport';
  /** Listings that already existed and were not changed. */
  existing: Scalars['Int']['output'];
  imported: Scalars['Int']['output'];
  rejected: Array<RejectedListing>;
};

/** The input is invalid. */
export type ListingInvalid = Failure & {
  __typename?: 'ListingInvalid';
  /** Path of the invalid input field, such as `nightlyPrice.amount`. */
  field: Scalars['String']['output'];
  message: Scalars['String']['output'];
};

/** There is no listing with this id. */
export type ListingNotFound = Failure & {
  __typename?: 'ListingNotFound';
  message: Scalars['String']['output'];
};

/** Order of search results. */
export type ListingSort =
  | 'NEWEST'
  | 'PRICE_ASC'
  | 'PRICE_DESC';

/** Whether a listing can be booked. */
export type ListingStatus =
  /** Withdrawn by its host. Still shown in past bookings. */
  | 'CLOSED'
  /** Can be booked. */
  | 'OPEN';

/** An amount of money. */
export type Money = {
  __typename?: 'Money';
  /** In the currency's minor unit: 14900 is $149.00. */
  amount: Scalars['Int']['output'];
  /** ISO 4217 code, such as `USD`. */
  currency: Scalars['String']['output'];
};

export type MoneyInput = {
  /** In the currency's minor unit. */
  amount: Scalars['Int']['input'];
  /** ISO 4217 code. Only `USD` is supported. */
  currency: Scalars['String']['input'];
};

export type Mutation = {
  __typename?: 'Mutation';
  /** Closes a listing of the viewer. Idempotent. */
  closeListing: CloseListingResult;
  /** Creates a listing. Hosts only. */
  createListing: CreateListingResult;
  /** For operators, who invoke this subgraph directly. At most 500 listings. */
  importListings: ListingImport;
  /** Updates a listing of the viewer. */
  updateListing: UpdateListingResult;
};


export type MutationCloseListingArgs = {
  id: Scalars['ID']['input'];
};


export type MutationCreateListingArgs = {
  input: CreateListingInput;
};


export type MutationImportListingsArgs = {
  listings: Array<ImportedListing>;
};


export type MutationUpdateListingArgs = {
  id: Scalars['ID']['input'];
  input: UpdateListingInput;
};

/** The viewer is not a host. */
export type NotAHost = Failure & {
  __typename?: 'NotAHost';
  message: Scalars['String']['output'];
};

/** The listing belongs to another host. */
export type NotYourListing = Failure & {
  __typename?: 'NotYourListing';
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
  /** All amenities that a listing can have. */
  amenities?: Maybe<Array<Amenity>>;
  /** Open listings chosen by the editors, newest first. */
  featuredListings?: Maybe<Array<Listing>>;
  /** A listing by id or slug. Pass exactly one of them. */
  listing?: Maybe<Listing>;
  /** Searches listings. Only the last page has fewer than `first` items. */
  listings?: Maybe<ListingConnection>;
  /** Newest open listings. The analytics subgraph overrides this field with booking figures. */
  trendingListings?: Maybe<Array<Listing>>;
};


export type QueryFeaturedListingsArgs = {
  first: Scalars['Int']['input'];
};


export type QueryListingArgs = {
  id?: InputMaybe<Scalars['ID']['input']>;
  slug?: InputMaybe<Scalars['String']['input']>;
};


export type QueryListingsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter: ListingFilter;
  first: Scalars['Int']['input'];
  sort: ListingSort;
};


export type QueryTrendingListingsArgs = {
  first: Scalars['Int']['input'];
};

export type RejectedListing = {
  __typename?: 'RejectedListing';
  id: Scalars['ID']['output'];
  reason: Scalars['String']['output'];
};

/** Which part of the home a guest rents. */
export type RoomType =
  | 'ENTIRE_HOME'
  | 'PRIVATE_ROOM'
  | 'SHARED_ROOM';

export type Subscription = {
  __typename?: 'Subscription';
  /** A listing after each of its changes. */
  listingChanged?: Maybe<Listing>;
};


export type SubscriptionListingChangedArgs = {
  id: Scalars['ID']['input'];
};

/** Omitted fields keep their value. */
export type UpdateListingInput = {
  amenities?: InputMaybe<Array<Scalars['ID']['input']>>;
  description?: InputMaybe<Scalars['String']['input']>;
  minimumNights?: InputMaybe<Scalars['Int']['input']>;
  nightlyPrice?: InputMaybe<MoneyInput>;
  photo?: InputMaybe<Scalars['URL']['input']>;
  title?: InputMaybe<Scalars['String']['input']>;
};

export type UpdateListingResult = Listing | ListingBusy | ListingInvalid | ListingNotFound | NotYourListing;



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
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Host:
    ( { __typename: 'Host' }
    & GraphQLRecursivePick<FederationTypes['Host'], {"id":true}> );
  Listing:
    ( { __typename: 'Listing' }
    & ( GraphQLRecursivePick<FederationTypes['Listing'], {"id":true}>
        | GraphQLRecursivePick<FederationTypes['Listing'], {"slug":true}> ) );
};

/** Mapping of union types */
export type ResolversUnionTypes<_RefType extends Record<string, unknown>> = {
  CloseListingResult:
    | ( ListingMapper & { __typename: 'Listing' } )
    | ( ListingBusy & { __typename: 'ListingBusy' } )
    | ( ListingNotFound & { __typename: 'ListingNotFound' } )
    | ( NotYourListing & { __typename: 'NotYourListing' } )
  ;
  CreateListingResult:
    | ( ListingMapper & { __typename: 'Listing' } )
    | ( ListingInvalid & { __typename: 'ListingInvalid' } )
    | ( NotAHost & { __typename: 'NotAHost' } )
  ;
  UpdateListingResult:
    | ( ListingMapper & { __typename: 'Listing' } )
    | ( ListingBusy & { __typename: 'ListingBusy' } )
    | ( ListingInvalid & { __typename: 'ListingInvalid' } )
    | ( ListingNotFound & { __typename: 'ListingNotFound' } )
    | ( NotYourListing & { __typename: 'NotYourListing' } )
  ;
};

/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = {
  Failure:
    | ( ListingBusy )
    | ( ListingInvalid )
    | ( ListingNotFound )
    | ( NotAHost )
    | ( NotYourListing )
  ;
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  Amenity: ResolverTypeWrapper<AmenityMapper>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  AmenityCategory: AmenityCategory;
  CacheControlScope: CacheControlScope;
  CloseListingResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['CloseListingResult']>;
  CreateListingInput: CreateListingInput;
  CreateListingResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['CreateListingResult']>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  Failure: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['Failure']>;
  GeoPoint: ResolverTypeWrapper<GeoPoint>;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  GeoPointInput: GeoPointInput;
  Host: ResolverTypeWrapper<HostMapper>;
  ImportedListing: ImportedListing;
  Listing: ResolverTypeWrapper<ListingMapper>;
  ListingBusy: ResolverTypeWrapper<ListingBusy>;
  ListingConnection: ResolverTypeWrapper<Omit<ListingConnection, 'edges'> & { edges: Array<ResolversTypes['ListingEdge']> }>;
  ListingEdge: ResolverTypeWrapper<Omit<ListingEdge, 'node'> & { node: ResolversTypes['Listing'] }>;
  ListingFilter: ListingFilter;
  ListingImport: ResolverTypeWrapper<ListingImport>;
  ListingInvalid: ResolverTypeWrapper<ListingInvalid>;
  ListingNotFound: ResolverTypeWrapper<ListingNotFound>;
  ListingSort: ListingSort;
  ListingStatus: ListingStatus;
  Money: ResolverTypeWrapper<Money>;
  MoneyInput: MoneyInput;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  NotAHost: ResolverTypeWrapper<NotAHost>;
  NotYourListing: ResolverTypeWrapper<NotYourListing>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  RejectedListing: ResolverTypeWrapper<RejectedListing>;
  RoomType: RoomType;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  URL: ResolverTypeWrapper<Scalars['URL']['output']>;
  UpdateListingInput: UpdateListingInput;
  UpdateListingResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['UpdateListingResult']>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  Amenity: AmenityMapper;
  ID: Scalars['ID']['output'];
  String: Scalars['String']['output'];
  CloseListingResult: ResolversUnionTypes<ResolversParentTypes>['CloseListingResult'];
  CreateListingInput: CreateListingInput;
  CreateListingResult: ResolversUnionTypes<ResolversParentTypes>['CreateListingResult'];
  DateTime: Scalars['DateTime']['output'];
  Failure: ResolversInterfaceTypes<ResolversParentTypes>['Failure'];
  GeoPoint: GeoPoint;
  Float: Scalars['Float']['output'];
  GeoPointInput: GeoPointInput;
  Host: HostMapper;
  ImportedListing: ImportedListing;
  Listing: ListingMapper;
  ListingBusy: ListingBusy;
  ListingConnection: Omit<ListingConnection, 'edges'> & { edges: Array<ResolversParentTypes['ListingEdge']> };
  ListingEdge: Omit<ListingEdge, 'node'> & { node: ResolversParentTypes['Listing'] };
  ListingFilter: ListingFilter;
  ListingImport: ListingImport;
  ListingInvalid: ListingInvalid;
  ListingNotFound: ListingNotFound;
  Money: Money;
  MoneyInput: MoneyInput;
  Mutation: Record<PropertyKey, never>;
  NotAHost: NotAHost;
  NotYourListing: NotYourListing;
  PageInfo: PageInfo;
  Query: Record<PropertyKey, never>;
  RejectedListing: RejectedListing;
  Subscription: Record<PropertyKey, never>;
  URL: Scalars['URL']['output'];
  UpdateListingInput: UpdateListingInput;
  UpdateListingResult: ResolversUnionTypes<ResolversParentTypes>['UpdateListingResult'];
  Boolean: Scalars['Boolean']['output'];
  Int: Scalars['Int']['output'];
};

export type CacheControlDirectiveArgs = {
  inheritMaxAge?: Maybe<Scalars['Boolean']['input']>;
  maxAge?: Maybe<Scalars['Int']['input']>;
  scope?: Maybe<CacheControlScope>;
};

export type CacheControlDirectiveResolver<Result, Parent, ContextType = Context, Args = CacheControlDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type AmenityResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Amenity'] = ResolversParentTypes['Amenity']> = {
  category?: Resolver<ResolversTypes['AmenityCategory'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type CloseListingResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CloseListingResult'] = ResolversParentTypes['CloseListingResult']> = {
  __resolveType: TypeResolveFn<'Listing' | 'ListingBusy' | 'ListingNotFound' | 'NotYourListing', ParentType, ContextType>;
};

export type CreateListingResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CreateListingResult'] = ResolversParentTypes['CreateListingResult']> = {
  __resolveType: TypeResolveFn<'Listing' | 'ListingInvalid' | 'NotAHost', ParentType, ContextType>;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type FailureResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Failure'] = ResolversParentTypes['Failure']> = {
  __resolveType: TypeResolveFn<'ListingBusy' | 'ListingInvalid' | 'ListingNotFound' | 'NotAHost' | 'NotYourListing', ParentType, ContextType>;
};

export type GeoPointResolvers<ContextType = Context, ParentType extends ResolversParentTypes['GeoPoint'] = ResolversParentTypes['GeoPoint']> = {
  latitude?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  longitude?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type HostResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Host'] = ResolversParentTypes['Host'], FederationReferenceType extends FederationReferenceTypes['Host'] = FederationReferenceTypes['Host']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Host']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  listings?: Resolver<Maybe<ResolversTypes['ListingConnection']>, ParentType, ContextType, RequireFields<HostListingsArgs, 'first'>>;
};

export type ListingResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Listing'] = ResolversParentTypes['Listing'], FederationReferenceType extends FederationReferenceTypes['Listing'] = FederationReferenceTypes['Listing']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Listing']> | FederationReferenceType, FederationReferenceType, ContextType>;
  amenities?: Resolver<Array<ResolversTypes['Amenity']>, ParentType, ContextType>;
  borough?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  description?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  host?: Resolver<Maybe<ResolversTypes['Host']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  listedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  location?: Resolver<ResolversTypes['GeoPoint'], ParentType, ContextType>;
  minimumNights?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  neighbourhood?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  nightlyPrice?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  photo?: Resolver<Maybe<ResolversTypes['URL']>, ParentType, ContextType>;
  roomType?: Resolver<ResolversTypes['RoomType'], ParentType, ContextType>;
  slug?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['ListingStatus'], ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ListingBusyResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ListingBusy'] = ResolversParentTypes['ListingBusy']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ListingConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ListingConnection'] = ResolversParentTypes['ListingConnection']> = {
  edges?: Resolver<Array<ResolversTypes['ListingEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type ListingEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ListingEdge'] = ResolversParentTypes['ListingEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Listing'], ParentType, ContextType>;
};

export type ListingImportResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ListingImport'] = ResolversParentTypes['ListingImport']> = {
  existing?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  imported?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  rejected?: Resolver<Array<ResolversTypes['RejectedListing']>, ParentType, ContextType>;
};

export type ListingInvalidResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ListingInvalid'] = ResolversParentTypes['ListingInvalid']> = {
  field?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ListingNotFoundResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ListingNotFound'] = ResolversParentTypes['ListingNotFound']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type MoneyResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Money'] = ResolversParentTypes['Money']> = {
  amount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  closeListing?: Resolver<ResolversTypes['CloseListingResult'], ParentType, ContextType, RequireFields<MutationCloseListingArgs, 'id'>>;
  createListing?: Resolver<ResolversTypes['CreateListingResult'], ParentType, ContextType, RequireFields<MutationCreateListingArgs, 'input'>>;
  importListings?: Resolver<ResolversTypes['ListingImport'], ParentType, ContextType, RequireFields<MutationImportListingsArgs, 'listings'>>;
  updateListing?: Resolver<ResolversTypes['UpdateListingResult'], ParentType, ContextType, RequireFields<MutationUpdateListingArgs, 'id' | 'input'>>;
};

export type NotAHostResolvers<ContextType = Context, ParentType extends ResolversParentTypes['NotAHost'] = ResolversParentTypes['NotAHost']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type NotYourListingResolvers<ContextType = Context, ParentType extends ResolversParentTypes['NotYourListing'] = ResolversParentTypes['NotYourListing']> = {
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
  amenities?: Resolver<Maybe<Array<ResolversTypes['Amenity']>>, ParentType, ContextType>;
  featuredListings?: Resolver<Maybe<Array<ResolversTypes['Listing']>>, ParentType, ContextType, RequireFields<QueryFeaturedListingsArgs, 'first'>>;
  listing?: Resolver<Maybe<ResolversTypes['Listing']>, ParentType, ContextType, Partial<QueryListingArgs>>;
  listings?: Resolver<Maybe<ResolversTypes['ListingConnection']>, ParentType, ContextType, RequireFields<QueryListingsArgs, 'filter' | 'first' | 'sort'>>;
  trendingListings?: Resolver<Maybe<Array<ResolversTypes['Listing']>>, ParentType, ContextType, RequireFields<QueryTrendingListingsArgs, 'first'>>;
};

export type RejectedListingResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RejectedListing'] = ResolversParentTypes['RejectedListing']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type SubscriptionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  listingChanged?: SubscriptionResolver<Maybe<ResolversTypes['Listing']>, "listingChanged", ParentType, ContextType, RequireFields<SubscriptionListingChangedArgs, 'id'>>;
};

export interface UrlScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['URL'], any> {
  name: 'URL';
}

export type UpdateListingResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpdateListingResult'] = ResolversParentTypes['UpdateListingResult']> = {
  __resolveType: TypeResolveFn<'Listing' | 'ListingBusy' | 'ListingInvalid' | 'ListingNotFound' | 'NotYourListing', ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  Amenity?: AmenityResolvers<ContextType>;
  CloseListingResult?: CloseListingResultResolvers<ContextType>;
  CreateListingResult?: CreateListingResultResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  Failure?: FailureResolvers<ContextType>;
  GeoPoint?: GeoPointResolvers<ContextType>;
  Host?: HostResolvers<ContextType>;
  Listing?: ListingResolvers<ContextType>;
  ListingBusy?: ListingBusyResolvers<ContextType>;
  ListingConnection?: ListingConnectionResolvers<ContextType>;
  ListingEdge?: ListingEdgeResolvers<ContextType>;
  ListingImport?: ListingImportResolvers<ContextType>;
  ListingInvalid?: ListingInvalidResolvers<ContextType>;
  ListingNotFound?: ListingNotFoundResolvers<ContextType>;
  Money?: MoneyResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  NotAHost?: NotAHostResolvers<ContextType>;
  NotYourListing?: NotYourListingResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  RejectedListing?: RejectedListingResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
  URL?: GraphQLScalarType;
  UpdateListingResult?: UpdateListingResultResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = Context> = {
  cacheControl?: CacheControlDirectiveResolver<any, any, ContextType>;
};

import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { BookingMapper, NightMapper, ListingMapper, GuestMapper, HostMapper } from '../mappers.ts';
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
  /** A date and time, RFC 3339: `2026-05-01T09:30:00Z`. */
  DateTime: { input: string; output: string; }
  _FieldSet: { input: unknown; output: unknown; }
};

export type BookStayInput = {
  /** Today or later. */
  checkIn: Scalars['Date']['input'];
  /** At most 90 nights after `checkIn`. */
  checkOut: Scalars['Date']['input'];
  /**
   * Random value of 1 to 100 characters, new for each booking. A retry with the same key and input returns the booking that the
   * first call made. Keys expire after 30 days.
   */
  idempotencyKey: Scalars['String']['input'];
  listingId: Scalars['ID']['input'];
};

export type BookStayResult = Booking | DatesTaken | HostsCannotBook | IdempotencyKeyReused | ListingClosed | ListingNotFound | StayInvalid;

/** A guest's booking of a listing. Visible to its guest and host only. */
export type Booking = {
  __typename?: 'Booking';
  cancelReason?: Maybe<CancelReason>;
  /** Day of arrival. */
  checkIn: Scalars['Date']['output'];
  /** Day of departure. Its night is not part of the stay. */
  checkOut: Scalars['Date']['output'];
  createdAt: Scalars['DateTime']['output'];
  guest?: Maybe<Guest>;
  id: Scalars['ID']['output'];
  listing?: Maybe<Listing>;
  /** Price per night, fixed at booking. */
  nightlyPrice: Money;
  nights: Scalars['Int']['output'];
  /** Deadline for the payment. The nights are held until then. */
  paymentDue: Scalars['DateTime']['output'];
  /** Null if the booking is cancelled or expired. */
  phase?: Maybe<StayPhase>;
  status: BookingStatus;
  /** Price of the whole stay, fixed at booking. */
  totalPrice: Money;
};

/** Concurrent changes prevented this one. Try again. */
export type BookingBusy = Failure & {
  __typename?: 'BookingBusy';
  message: Scalars['String']['output'];
};

export type BookingConnection = {
  __typename?: 'BookingConnection';
  edges: Array<BookingEdge>;
  pageInfo: PageInfo;
};

export type BookingEdge = {
  __typename?: 'BookingEdge';
  cursor: Scalars['String']['output'];
  node: Booking;
};

/** Result of one import call. */
export type BookingImport = {
  __typename?: 'BookingImport';
  /** Bookings that already existed and were not changed. */
  existing: Scalars['Int']['output'];
  imported: Scalars['Int']['output'];
  rejected: Array<RejectedBooking>;
};

/** The viewer has no booking with this id. */
export type BookingNotFound = Failure & {
  __typename?: 'BookingNotFound';
  message: Scalars['String']['output'];
};

/** State of a booking. */
export type BookingStatus =
  /** Cancelled, and refunded if it was paid. */
  | 'CANCELLED'
  /** Paid. */
  | 'CONFIRMED'
  /** Not paid in time. The nights are free again. */
  | 'EXPIRED'
  /** Awaiting payment. The nights are held until `paymentDue`. */
  | 'PENDING';

export type CancelBookingResult = Booking | BookingBusy | BookingNotFound | StayBegun;

/** Why a booking was cancelled. */
export type CancelReason =
  | 'BY_GUEST'
  | 'BY_HOST'
  /** The balance of the guest's wallet was too low. */
  | 'PAYMENT_DECLINED'
  /** The payment arrived after another guest had booked the nights. It is refunded. */
  | 'PAYMENT_TOO_LATE';

/** Some nights of the stay are already booked. */
export type DatesTaken = Failure & {
  __typename?: 'DatesTaken';
  /** Nights that are already booked, each by the day on which it begins. */
  dates: Array<Scalars['Date']['output']>;
  message: Scalars['String']['output'];
};

/** An expected failure. */
export type Failure = {
  /** What went wrong and what to do. Can be shown to users. */
  message: Scalars['String']['output'];
};

/** A user who books stays. */
export type Guest = {
  __typename?: 'Guest';
  /** Stay in progress. Visible to the guest only. */
  currentBooking?: Maybe<Booking>;
  id: Scalars['ID']['output'];
  /** Completed stays, latest first. Visible to the guest only. */
  pastBookings?: Maybe<BookingConnection>;
  /** Stays that begin after today, earliest first. Visible to the guest only. */
  upcomingBookings?: Maybe<BookingConnection>;
};


/** A user who books stays. */
export type GuestPastBookingsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first: Scalars['Int']['input'];
};


/** A user who books stays. */
export type GuestUpcomingBookingsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first: Scalars['Int']['input'];
};

/** A user who rents out listings. */
export type Host = {
  __typename?: 'Host';
  id: Scalars['ID']['output'];
  /** Stays at the host's listings that begin after today, earliest first. Visible to the host only. */
  upcomingBookings?: Maybe<BookingConnection>;
};


/** A user who rents out listings. */
export type HostUpcomingBookingsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first: Scalars['Int']['input'];
};

/** The viewer is a host. Only guests can book. */
export type HostsCannotBook = Failure & {
  __typename?: 'HostsCannotBook';
  message: Scalars['String']['output'];
};

/** The key was already used with different input. */
export type IdempotencyKeyReused = Failure & {
  __typename?: 'IdempotencyKeyReused';
  message: Scalars['String']['output'];
};

/** A completed stay from another system. Keeps its id. */
export type ImportedBooking = {
  checkIn: Scalars['Date']['input'];
  /** Today or earlier. */
  checkOut: Scalars['Date']['input'];
  guestId: Scalars['ID']['input'];
  hostId: Scalars['ID']['input'];
  id: Scalars['ID']['input'];
  listingId: Scalars['ID']['input'];
  nightlyPrice: ImportedMoney;
};

/** An amount of money. */
export type ImportedMoney = {
  /** In the currency's minor unit. */
  amount: Scalars['Int']['input'];
  /** ISO 4217 code. Only `USD` is supported. */
  currency: Scalars['String']['input'];
};

/** A place to stay, offered by a host. */
export type Listing = {
  __typename?: 'Listing';
  /** Nights from `from` to `to`, inclusive. At most 366. */
  availability?: Maybe<Array<Night>>;
  /** All bookings, including cancelled ones, latest check-in first. Visible to the listing's host only. */
  bookings?: Maybe<BookingConnection>;
  id: Scalars['ID']['output'];
  /** Whether the stay can be booked now: the listing is open, the dates are valid, and all nights are free. */
  isAvailable?: Maybe<Scalars['Boolean']['output']>;
  minimumNights: Scalars['Int']['output'];
  nightlyPrice: Money;
  /** Price of a stay. */
  quote?: Maybe<QuoteResult>;
  title: Scalars['String']['output'];
};


/** A place to stay, offered by a host. */
export type ListingAvailabilityArgs = {
  from: Scalars['Date']['input'];
  to: Scalars['Date']['input'];
};


/** A place to stay, offered by a host. */
export type ListingBookingsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first: Scalars['Int']['input'];
};


/** A place to stay, offered by a host. */
export type ListingIsAvailableArgs = {
  checkIn: Scalars['Date']['input'];
  checkOut: Scalars['Date']['input'];
};


/** A place to stay, offered by a host. */
export type ListingQuoteArgs = {
  checkIn: Scalars['Date']['input'];
  checkOut: Scalars['Date']['input'];
};

/** The host no longer offers the listing. */
export type ListingClosed = Failure & {
  __typename?: 'ListingClosed';
  message: Scalars['String']['output'];
};

export type ListingNotFound = Failure & {
  __typename?: 'ListingNotFound';
  message: Scalars['String']['output'];
};

/** An amount of money. */
export type Money = {
  __typename?: 'Money';
  /** In the currency's minor unit: 14900 is $149.00. */
  amount: Scalars['Int']['output'];
  /** ISO 4217 code, such as `USD`. */
  currency: Scalars['String']['output'];
};

export type Mutation = {
  __typename?: 'Mutation';
  /**
   * Books a stay. Guests only. Holds the nights until `paymentDue`. The payment from the guest's wallet is asynchronous and usually
   * takes less than a second: it confirms the booking, or cancels it if the balance is too low.
   */
  bookStay: BookStayResult;
  /** Cancels a booking of the viewer, as its guest or its host, before the check-in date, and refunds it. Idempotent. */
  cancelBooking: CancelBookingResult;
  /** For operators, who invoke this subgraph directly. At most 100 completed stays, which are imported as paid. */
  importBookings: BookingImport;
};


export type MutationBookStayArgs = {
  input: BookStayInput;
};


export type MutationCancelBookingArgs = {
  id: Scalars['ID']['input'];
};


export type MutationImportBookingsArgs = {
  bookings: Array<ImportedBooking>;
};

/** One night at a listing, booked or free. */
export type Night = {
  __typename?: 'Night';
  /** Day on which the night begins. */
  date: Scalars['Date']['output'];
  /** Whether the night can be booked. */
  isFree: Scalars['Boolean']['output'];
  listing: Listing;
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
  /** A booking of which the viewer is the guest or the host. Null for any other id. */
  booking?: Maybe<Booking>;
};


export type QueryBookingArgs = {
  id: Scalars['ID']['input'];
};

/** Current price of a stay. Does not check availability: see `isAvailable`. */
export type Quote = {
  __typename?: 'Quote';
  nightlyPrice: Money;
  nights: Scalars['Int']['output'];
  totalPrice: Money;
};

export type QuoteResult = Quote | StayInvalid;

export type RejectedBooking = {
  __typename?: 'RejectedBooking';
  id: Scalars['ID']['output'];
  reason: Scalars['String']['output'];
};

/** Too late to cancel: the check-in date has passed or is today. */
export type StayBegun = Failure & {
  __typename?: 'StayBegun';
  message: Scalars['String']['output'];
};

/** The input is invalid. */
export type StayInvalid = Failure & {
  __typename?: 'StayInvalid';
  /** Path of the invalid input field, such as `checkOut`. */
  field: Scalars['String']['output'];
  message: Scalars['String']['output'];
};

/** Phase of a stay relative to today. */
export type StayPhase =
  /** On or after the check-out date. */
  | 'COMPLETED'
  /** From the check-in date to the day before check-out. */
  | 'CURRENT'
  /** Before the check-in date. */
  | 'UPCOMING';

export type Subscription = {
  __typename?: 'Subscription';
  /** A booking of which the viewer is the guest or the host, after each of its changes. */
  bookingChanged?: Maybe<Booking>;
  /** A booking of the listing, after it was made and after each of its changes. For the listing's host only. */
  bookingsOfListing?: Maybe<Booking>;
};


export type SubscriptionBookingChangedArgs = {
  id: Scalars['ID']['input'];
};


export type SubscriptionBookingsOfListingArgs = {
  listingId: Scalars['ID']['input'];
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
  Booking: Booking;
  Guest: Guest;
  Host: Host;
  Listing: Listing;
  Night: Night;
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
    & GraphQLRecursivePick<FederationTypes['Listing'], {"id":true}>
    & ( Record<PropertyKey, never>
        | GraphQLRecursivePick<FederationTypes['Listing'], {"nightlyPrice":{"amount":true,"currency":true},"minimumNights":true}> ) );
  Night:
    ( { __typename: 'Night' }
    & GraphQLRecursivePick<FederationTypes['Night'], {"listing":{"id":true},"date":true}> );
};

/** Mapping of union types */
export type ResolversUnionTypes<_RefType extends Record<string, unknown>> = {
  BookStayResult:
    | ( BookingMapper & { __typename: 'Booking' } )
    | ( DatesTaken & { __typename: 'DatesTaken' } )
    | ( HostsCannotBook & { __typename: 'HostsCannotBook' } )
    | ( IdempotencyKeyReused & { __typename: 'IdempotencyKeyReused' } )
    | ( ListingClosed & { __typename: 'ListingClosed' } )
    | ( ListingNotFound & { __typename: 'ListingNotFound' } )
    | ( StayInvalid & { __typename: 'StayInvalid' } )
  ;
  CancelBookingResult:
    | ( BookingMapper & { __typename: 'Booking' } )
    | ( BookingBusy & { __typename: 'BookingBusy' } )
    | ( BookingNotFound & { __typename: 'BookingNotFound' } )
    | ( StayBegun & { __typename: 'StayBegun' } )
  ;
  QuoteResult:
    | ( Quote & { __typename: 'Quote' } )
    | ( StayInvalid & { __typename: 'StayInvalid' } )
  ;
};

/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = {
  Failure:
    | ( BookingBusy )
    | ( BookingNotFound )
    | ( DatesTaken )
    | ( HostsCannotBook )
    | ( IdempotencyKeyReused )
    | ( ListingClosed )
    | ( ListingNotFound )
    | ( StayBegun )
    | ( StayInvalid )
  ;
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  BookStayInput: BookStayInput;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  BookStayResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['BookStayResult']>;
  Booking: ResolverTypeWrapper<BookingMapper>;
  BookingBusy: ResolverTypeWrapper<BookingBusy>;
  BookingConnection: ResolverTypeWrapper<Omit<BookingConnection, 'edges'> & { edges: Array<ResolversTypes['BookingEdge']> }>;
  BookingEdge: ResolverTypeWrapper<Omit<BookingEdge, 'node'> & { node: ResolversTypes['Booking'] }>;
  BookingImport: ResolverTypeWrapper<BookingImport>;
  BookingNotFound: ResolverTypeWrapper<BookingNotFound>;
  BookingStatus: BookingStatus;
  CancelBookingResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['CancelBookingResult']>;
  CancelReason: CancelReason;
  Date: ResolverTypeWrapper<Scalars['Date']['output']>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  DatesTaken: ResolverTypeWrapper<DatesTaken>;
  Failure: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['Failure']>;
  Guest: ResolverTypeWrapper<GuestMapper>;
  Host: ResolverTypeWrapper<HostMapper>;
  HostsCannotBook: ResolverTypeWrapper<HostsCannotBook>;
  IdempotencyKeyReused: ResolverTypeWrapper<IdempotencyKeyReused>;
  ImportedBooking: ImportedBooking;
  ImportedMoney: ImportedMoney;
  Listing: ResolverTypeWrapper<ListingMapper>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  ListingClosed: ResolverTypeWrapper<ListingClosed>;
  ListingNotFound: ResolverTypeWrapper<ListingNotFound>;
  Money: ResolverTypeWrapper<Money>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Night: ResolverTypeWrapper<NightMapper>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Quote: ResolverTypeWrapper<Quote>;
  QuoteResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['QuoteResult']>;
  RejectedBooking: ResolverTypeWrapper<RejectedBooking>;
  StayBegun: ResolverTypeWrapper<StayBegun>;
  StayInvalid: ResolverTypeWrapper<StayInvalid>;
  StayPhase: StayPhase;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  BookStayInput: BookStayInput;
  ID: Scalars['ID']['output'];
  BookStayResult: ResolversUnionTypes<ResolversParentTypes>['BookStayResult'];
  Booking: BookingMapper;
  BookingBusy: BookingBusy;
  BookingConnection: Omit<BookingConnection, 'edges'> & { edges: Array<ResolversParentTypes['BookingEdge']> };
  BookingEdge: Omit<BookingEdge, 'node'> & { node: ResolversParentTypes['Booking'] };
  BookingImport: BookingImport;
  BookingNotFound: BookingNotFound;
  CancelBookingResult: ResolversUnionTypes<ResolversParentTypes>['CancelBookingResult'];
  Date: Scalars['Date']['output'];
  DateTime: Scalars['DateTime']['output'];
  DatesTaken: DatesTaken;
  Failure: ResolversInterfaceTypes<ResolversParentTypes>['Failure'];
  Guest: GuestMapper;
  Host: HostMapper;
  HostsCannotBook: HostsCannotBook;
  IdempotencyKeyReused: IdempotencyKeyReused;
  ImportedBooking: ImportedBooking;
  ImportedMoney: ImportedMoney;
  Listing: ListingMapper;
  Boolean: Scalars['Boolean']['output'];
  ListingClosed: ListingClosed;
  ListingNotFound: ListingNotFound;
  Money: Money;
  Mutation: Record<PropertyKey, never>;
  Night: NightMapper;
  PageInfo: PageInfo;
  Query: Record<PropertyKey, never>;
  Quote: Quote;
  QuoteResult: ResolversUnionTypes<ResolversParentTypes>['QuoteResult'];
  RejectedBooking: RejectedBooking;
  StayBegun: StayBegun;
  StayInvalid: StayInvalid;
  Subscription: Record<PropertyKey, never>;
  String: Scalars['String']['output'];
  Int: Scalars['Int']['output'];
};

export type ListBoundDirectiveArgs = {
  days?: Maybe<Array<Scalars['String']['input']>>;
  maximum: Scalars['Int']['input'];
  sizedFields?: Maybe<Array<Scalars['String']['input']>>;
  slicingArguments?: Maybe<Array<Scalars['String']['input']>>;
};

export type ListBoundDirectiveResolver<Result, Parent, ContextType = Context, Args = ListBoundDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type BookStayResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['BookStayResult'] = ResolversParentTypes['BookStayResult']> = {
  __resolveType: TypeResolveFn<'Booking' | 'DatesTaken' | 'HostsCannotBook' | 'IdempotencyKeyReused' | 'ListingClosed' | 'ListingNotFound' | 'StayInvalid', ParentType, ContextType>;
};

export type BookingResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Booking'] = ResolversParentTypes['Booking'], FederationReferenceType extends FederationReferenceTypes['Booking'] = FederationReferenceTypes['Booking']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Booking']> | FederationReferenceType, FederationReferenceType, ContextType>;
  cancelReason?: Resolver<Maybe<ResolversTypes['CancelReason']>, ParentType, ContextType>;
  checkIn?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  checkOut?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  guest?: Resolver<Maybe<ResolversTypes['Guest']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  listing?: Resolver<Maybe<ResolversTypes['Listing']>, ParentType, ContextType>;
  nightlyPrice?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  nights?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  paymentDue?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  phase?: Resolver<Maybe<ResolversTypes['StayPhase']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['BookingStatus'], ParentType, ContextType>;
  totalPrice?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type BookingBusyResolvers<ContextType = Context, ParentType extends ResolversParentTypes['BookingBusy'] = ResolversParentTypes['BookingBusy']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type BookingConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['BookingConnection'] = ResolversParentTypes['BookingConnection']> = {
  edges?: Resolver<Array<ResolversTypes['BookingEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type BookingEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['BookingEdge'] = ResolversParentTypes['BookingEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Booking'], ParentType, ContextType>;
};

export type BookingImportResolvers<ContextType = Context, ParentType extends ResolversParentTypes['BookingImport'] = ResolversParentTypes['BookingImport']> = {
  existing?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  imported?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  rejected?: Resolver<Array<ResolversTypes['RejectedBooking']>, ParentType, ContextType>;
};

export type BookingNotFoundResolvers<ContextType = Context, ParentType extends ResolversParentTypes['BookingNotFound'] = ResolversParentTypes['BookingNotFound']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CancelBookingResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CancelBookingResult'] = ResolversParentTypes['CancelBookingResult']> = {
  __resolveType: TypeResolveFn<'Booking' | 'BookingBusy' | 'BookingNotFound' | 'StayBegun', ParentType, ContextType>;
};

export interface DateScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Date'], any> {
  name: 'Date';
}

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type DatesTakenResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DatesTaken'] = ResolversParentTypes['DatesTaken']> = {
  dates?: Resolver<Array<ResolversTypes['Date']>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type FailureResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Failure'] = ResolversParentTypes['Failure']> = {
  __resolveType: TypeResolveFn<'BookingBusy' | 'BookingNotFound' | 'DatesTaken' | 'HostsCannotBook' | 'IdempotencyKeyReused' | 'ListingClosed' | 'ListingNotFound' | 'StayBegun' | 'StayInvalid', ParentType, ContextType>;
};

export type GuestResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Guest'] = ResolversParentTypes['Guest'], FederationReferenceType extends FederationReferenceTypes['Guest'] = FederationReferenceTypes['Guest']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Guest']> | FederationReferenceType, FederationReferenceType, ContextType>;
  currentBooking?: Resolver<Maybe<ResolversTypes['Booking']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  pastBookings?: Resolver<Maybe<ResolversTypes['BookingConnection']>, ParentType, ContextType, RequireFields<GuestPastBookingsArgs, 'first'>>;
  upcomingBookings?: Resolver<Maybe<ResolversTypes['BookingConnection']>, ParentType, ContextType, RequireFields<GuestUpcomingBookingsArgs, 'first'>>;
};

export type HostResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Host'] = ResolversParentTypes['Host'], FederationReferenceType extends FederationReferenceTypes['Host'] = FederationReferenceTypes['Host']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Host']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  upcomingBookings?: Resolver<Maybe<ResolversTypes['BookingConnection']>, ParentType, ContextType, RequireFields<HostUpcomingBookingsArgs, 'first'>>;
};

export type HostsCannotBookResolvers<ContextType = Context, ParentType extends ResolversParentTypes['HostsCannotBook'] = ResolversParentTypes['HostsCannotBook']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type IdempotencyKeyReusedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['IdempotencyKeyReused'] = ResolversParentTypes['IdempotencyKeyReused']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ListingResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Listing'] = ResolversParentTypes['Listing'], FederationReferenceType extends FederationReferenceTypes['Listing'] = FederationReferenceTypes['Listing']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Listing']> | FederationReferenceType, FederationReferenceType, ContextType>;
  availability?: Resolver<Maybe<Array<ResolversTypes['Night']>>, ParentType, ContextType, RequireFields<ListingAvailabilityArgs, 'from' | 'to'>>;
  bookings?: Resolver<Maybe<ResolversTypes['BookingConnection']>, ParentType, ContextType, RequireFields<ListingBookingsArgs, 'first'>>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isAvailable?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType, RequireFields<ListingIsAvailableArgs, 'checkIn' | 'checkOut'>>;
  quote?: Resolver<Maybe<ResolversTypes['QuoteResult']>, ParentType, ContextType, RequireFields<ListingQuoteArgs, 'checkIn' | 'checkOut'>>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ListingClosedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ListingClosed'] = ResolversParentTypes['ListingClosed']> = {
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
  bookStay?: Resolver<ResolversTypes['BookStayResult'], ParentType, ContextType, RequireFields<MutationBookStayArgs, 'input'>>;
  cancelBooking?: Resolver<ResolversTypes['CancelBookingResult'], ParentType, ContextType, RequireFields<MutationCancelBookingArgs, 'id'>>;
  importBookings?: Resolver<ResolversTypes['BookingImport'], ParentType, ContextType, RequireFields<MutationImportBookingsArgs, 'bookings'>>;
};

export type NightResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Night'] = ResolversParentTypes['Night'], FederationReferenceType extends FederationReferenceTypes['Night'] = FederationReferenceTypes['Night']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Night']> | FederationReferenceType, FederationReferenceType, ContextType>;
  date?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  isFree?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  listing?: Resolver<ResolversTypes['Listing'], ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  booking?: Resolver<Maybe<ResolversTypes['Booking']>, ParentType, ContextType, RequireFields<QueryBookingArgs, 'id'>>;
};

export type QuoteResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Quote'] = ResolversParentTypes['Quote']> = {
  nightlyPrice?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  nights?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  totalPrice?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type QuoteResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['QuoteResult'] = ResolversParentTypes['QuoteResult']> = {
  __resolveType: TypeResolveFn<'Quote' | 'StayInvalid', ParentType, ContextType>;
};

export type RejectedBookingResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RejectedBooking'] = ResolversParentTypes['RejectedBooking']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type StayBegunResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StayBegun'] = ResolversParentTypes['StayBegun']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type StayInvalidResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StayInvalid'] = ResolversParentTypes['StayInvalid']> = {
  field?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SubscriptionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  bookingChanged?: SubscriptionResolver<Maybe<ResolversTypes['Booking']>, "bookingChanged", ParentType, ContextType, RequireFields<SubscriptionBookingChangedArgs, 'id'>>;
  bookingsOfListing?: SubscriptionResolver<Maybe<ResolversTypes['Booking']>, "bookingsOfListing", ParentType, ContextType, RequireFields<SubscriptionBookingsOfListingArgs, 'listingId'>>;
};

export type Resolvers<ContextType = Context> = {
  BookStayResult?: BookStayResultResolvers<ContextType>;
  Booking?: BookingResolvers<ContextType>;
  BookingBusy?: BookingBusyResolvers<ContextType>;
  BookingConnection?: BookingConnectionResolvers<ContextType>;
  BookingEdge?: BookingEdgeResolvers<ContextType>;
  BookingImport?: BookingImportResolvers<ContextType>;
  BookingNotFound?: BookingNotFoundResolvers<ContextType>;
  CancelBookingResult?: CancelBookingResultResolvers<ContextType>;
  Date?: GraphQLScalarType;
  DateTime?: GraphQLScalarType;
  DatesTaken?: DatesTakenResolvers<ContextType>;
  Failure?: FailureResolvers<ContextType>;
  Guest?: GuestResolvers<ContextType>;
  Host?: HostResolvers<ContextType>;
  HostsCannotBook?: HostsCannotBookResolvers<ContextType>;
  IdempotencyKeyReused?: IdempotencyKeyReusedResolvers<ContextType>;
  Listing?: ListingResolvers<ContextType>;
  ListingClosed?: ListingClosedResolvers<ContextType>;
  ListingNotFound?: ListingNotFoundResolvers<ContextType>;
  Money?: MoneyResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  Night?: NightResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  Quote?: QuoteResolvers<ContextType>;
  QuoteResult?: QuoteResultResolvers<ContextType>;
  RejectedBooking?: RejectedBookingResolvers<ContextType>;
  StayBegun?: StayBegunResolvers<ContextType>;
  StayInvalid?: StayInvalidResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = Context> = {
  listBound?: ListBoundDirectiveResolver<any, any, ContextType>;
};

import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { WalletEntryMapper, PaymentMapper, WalletMapper, BookingMapper, GuestMapper, HostMapper } from '../mappers.ts';
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

export type AddFundsInput = {
  /** More than 0 and at most $10,000. */
  amount: MoneyInput;
  /**
   * Random value of 1 to 100 characters, new for each deposit. A retry with the same key and input deposits nothing more. Keys expire
   * after 30 days.
   */
  idempotencyKey: Scalars['String']['input'];
};

export type AddFundsResult = FundsInvalid | IdempotencyKeyReused | Wallet | WalletFull;

/** A guest's booking of a listing. Visible to its guest and host only. */
export type Booking = {
  __typename?: 'Booking';
  id: Scalars['ID']['output'];
  /** Null until the payment is attempted, usually less than a second after the booking. */
  payment?: Maybe<Payment>;
};

/** An expected failure. */
export type Failure = {
  /** What went wrong and what to do. Can be shown to users. */
  message: Scalars['String']['output'];
};

/** The input is invalid. */
export type FundsInvalid = Failure & {
  __typename?: 'FundsInvalid';
  /** Path of the invalid input field, such as `amount.amount`. */
  field: Scalars['String']['output'];
  message: Scalars['String']['output'];
};

/** A user who books stays. */
export type Guest = {
  __typename?: 'Guest';
  id: Scalars['ID']['output'];
  /** Visible to the guest only. */
  wallet?: Maybe<Wallet>;
};

/** A user who rents out listings. */
export type Host = {
  __typename?: 'Host';
  id: Scalars['ID']['output'];
  /** Visible to the host only. */
  wallet?: Maybe<Wallet>;
};

/** The key was already used with different input. */
export type IdempotencyKeyReused = Failure & {
  __typename?: 'IdempotencyKeyReused';
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

export type MoneyInput = {
  /** In the currency's minor unit. */
  amount: Scalars['Int']['input'];
  /** ISO 4217 code. Only `USD` is supported. */
  currency: Scalars['String']['input'];
};

/** Kind of transaction. */
export type MovementKind =
  /** Deposit from outside. */
  | 'FUNDING'
  /** Payment of a booking. */
  | 'PAYMENT'
  /** Refund of a cancelled booking. */
  | 'REFUND';

export type Mutation = {
  __typename?: 'Mutation';
  /** Deposits money into the viewer's wallet. */
  addFunds: AddFundsResult;
};


export type MutationAddFundsArgs = {
  input: AddFundsInput;
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

/** The payment of a booking. Visible to its guest and host only. */
export type Payment = {
  __typename?: 'Payment';
  amount: Money;
  /** Time of the first attempt. */
  at: Scalars['DateTime']['output'];
  booking?: Maybe<Booking>;
  guest?: Maybe<Guest>;
  host?: Maybe<Host>;
  id: Scalars['ID']['output'];
  status: PaymentStatus;
};

export type PaymentConnection = {
  __typename?: 'PaymentConnection';
  edges: Array<PaymentEdge>;
  pageInfo: PageInfo;
};

export type PaymentEdge = {
  __typename?: 'PaymentEdge';
  cursor: Scalars['String']['output'];
  node: Payment;
};

/** State of a payment. */
export type PaymentStatus =
  /** The host has received the payment. */
  | 'CAPTURED'
  /** The balance of the guest's wallet was too low. */
  | 'DECLINED'
  /** The guest has received the refund. */
  | 'REFUNDED';

export type Query = {
  __typename?: 'Query';
  /** Payments that the viewer made as a guest or received as a host, newest first. */
  payments?: Maybe<PaymentConnection>;
  /** The viewer's wallet. */
  wallet?: Maybe<Wallet>;
};


export type QueryPaymentsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first: Scalars['Int']['input'];
};

export type Subscription = {
  __typename?: 'Subscription';
  /** The viewer's wallet after each transaction. */
  walletChanged?: Maybe<Wallet>;
};

/** A user's balance and transactions. Visible to the user only. */
export type Wallet = {
  __typename?: 'Wallet';
  balance: Money;
  /** Transactions, newest first. */
  entries: WalletEntryConnection;
};


/** A user's balance and transactions. Visible to the user only. */
export type WalletEntriesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first: Scalars['Int']['input'];
};

/** A transaction in a wallet. */
export type WalletEntry = {
  __typename?: 'WalletEntry';
  /** Negative for money that leaves the wallet. */
  amount: Money;
  at: Scalars['DateTime']['output'];
  booking?: Maybe<Booking>;
  id: Scalars['ID']['output'];
  kind: MovementKind;
};

export type WalletEntryConnection = {
  __typename?: 'WalletEntryConnection';
  edges: Array<WalletEntryEdge>;
  pageInfo: PageInfo;
};

export type WalletEntryEdge = {
  __typename?: 'WalletEntryEdge';
  cursor: Scalars['String']['output'];
  node: WalletEntry;
};

/** The balance would exceed $1,000,000. */
export type WalletFull = Failure & {
  __typename?: 'WalletFull';
  message: Scalars['String']['output'];
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
  Payment: Payment;
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
  Payment:
    ( { __typename: 'Payment' }
    & GraphQLRecursivePick<FederationTypes['Payment'], {"id":true}> );
};

/** Mapping of union types */
export type ResolversUnionTypes<_RefType extends Record<string, unknown>> = {
  AddFundsResult:
    | ( FundsInvalid & { __typename: 'FundsInvalid' } )
    | ( IdempotencyKeyReused & { __typename: 'IdempotencyKeyReused' } )
    | ( WalletMapper & { __typename: 'Wallet' } )
    | ( WalletFull & { __typename: 'WalletFull' } )
  ;
};

/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = {
  Failure:
    | ( FundsInvalid )
    | ( IdempotencyKeyReused )
    | ( WalletFull )
  ;
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  AddFundsInput: AddFundsInput;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  AddFundsResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['AddFundsResult']>;
  Booking: ResolverTypeWrapper<BookingMapper>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  Failure: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['Failure']>;
  FundsInvalid: ResolverTypeWrapper<FundsInvalid>;
  Guest: ResolverTypeWrapper<GuestMapper>;
  Host: ResolverTypeWrapper<HostMapper>;
  IdempotencyKeyReused: ResolverTypeWrapper<IdempotencyKeyReused>;
  Money: ResolverTypeWrapper<Money>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  MoneyInput: MoneyInput;
  MovementKind: MovementKind;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  Payment: ResolverTypeWrapper<PaymentMapper>;
  PaymentConnection: ResolverTypeWrapper<Omit<PaymentConnection, 'edges'> & { edges: Array<ResolversTypes['PaymentEdge']> }>;
  PaymentEdge: ResolverTypeWrapper<Omit<PaymentEdge, 'node'> & { node: ResolversTypes['Payment'] }>;
  PaymentStatus: PaymentStatus;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Wallet: ResolverTypeWrapper<WalletMapper>;
  WalletEntry: ResolverTypeWrapper<WalletEntryMapper>;
  WalletEntryConnection: ResolverTypeWrapper<Omit<WalletEntryConnection, 'edges'> & { edges: Array<ResolversTypes['WalletEntryEdge']> }>;
  WalletEntryEdge: ResolverTypeWrapper<Omit<WalletEntryEdge, 'node'> & { node: ResolversTypes['WalletEntry'] }>;
  WalletFull: ResolverTypeWrapper<WalletFull>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  AddFundsInput: AddFundsInput;
  String: Scalars['String']['output'];
  AddFundsResult: ResolversUnionTypes<ResolversParentTypes>['AddFundsResult'];
  Booking: BookingMapper;
  ID: Scalars['ID']['output'];
  DateTime: Scalars['DateTime']['output'];
  Failure: ResolversInterfaceTypes<ResolversParentTypes>['Failure'];
  FundsInvalid: FundsInvalid;
  Guest: GuestMapper;
  Host: HostMapper;
  IdempotencyKeyReused: IdempotencyKeyReused;
  Money: Money;
  Int: Scalars['Int']['output'];
  MoneyInput: MoneyInput;
  Mutation: Record<PropertyKey, never>;
  PageInfo: PageInfo;
  Boolean: Scalars['Boolean']['output'];
  Payment: PaymentMapper;
  PaymentConnection: Omit<PaymentConnection, 'edges'> & { edges: Array<ResolversParentTypes['PaymentEdge']> };
  PaymentEdge: Omit<PaymentEdge, 'node'> & { node: ResolversParentTypes['Payment'] };
  Query: Record<PropertyKey, never>;
  Subscription: Record<PropertyKey, never>;
  Wallet: WalletMapper;
  WalletEntry: WalletEntryMapper;
  WalletEntryConnection: Omit<WalletEntryConnection, 'edges'> & { edges: Array<ResolversParentTypes['WalletEntryEdge']> };
  WalletEntryEdge: Omit<WalletEntryEdge, 'node'> & { node: ResolversParentTypes['WalletEntry'] };
  WalletFull: WalletFull;
};

export type AddFundsResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AddFundsResult'] = ResolversParentTypes['AddFundsResult']> = {
  __resolveType: TypeResolveFn<'FundsInvalid' | 'IdempotencyKeyReused' | 'Wallet' | 'WalletFull', ParentType, ContextType>;
};

export type BookingResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Booking'] = ResolversParentTypes['Booking'], FederationReferenceType extends FederationReferenceTypes['Booking'] = FederationReferenceTypes['Booking']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Booking']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  payment?: Resolver<Maybe<ResolversTypes['Payment']>, ParentType, ContextType>;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type FailureResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Failure'] = ResolversParentTypes['Failure']> = {
  __resolveType: TypeResolveFn<'FundsInvalid' | 'IdempotencyKeyReused' | 'WalletFull', ParentType, ContextType>;
};

export type FundsInvalidResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FundsInvalid'] = ResolversParentTypes['FundsInvalid']> = {
  field?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type GuestResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Guest'] = ResolversParentTypes['Guest'], FederationReferenceType extends FederationReferenceTypes['Guest'] = FederationReferenceTypes['Guest']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Guest']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  wallet?: Resolver<Maybe<ResolversTypes['Wallet']>, ParentType, ContextType>;
};

export type HostResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Host'] = ResolversParentTypes['Host'], FederationReferenceType extends FederationReferenceTypes['Host'] = FederationReferenceTypes['Host']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Host']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  wallet?: Resolver<Maybe<ResolversTypes['Wallet']>, ParentType, ContextType>;
};

export type IdempotencyKeyReusedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['IdempotencyKeyReused'] = ResolversParentTypes['IdempotencyKeyReused']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type MoneyResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Money'] = ResolversParentTypes['Money']> = {
  amount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  addFunds?: Resolver<ResolversTypes['AddFundsResult'], ParentType, ContextType, RequireFields<MutationAddFundsArgs, 'input'>>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type PaymentResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Payment'] = ResolversParentTypes['Payment'], FederationReferenceType extends FederationReferenceTypes['Payment'] = FederationReferenceTypes['Payment']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Payment']> | FederationReferenceType, FederationReferenceType, ContextType>;
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  booking?: Resolver<Maybe<ResolversTypes['Booking']>, ParentType, ContextType>;
  guest?: Resolver<Maybe<ResolversTypes['Guest']>, ParentType, ContextType>;
  host?: Resolver<Maybe<ResolversTypes['Host']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['PaymentStatus'], ParentType, ContextType>;
};

export type PaymentConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PaymentConnection'] = ResolversParentTypes['PaymentConnection']> = {
  edges?: Resolver<Array<ResolversTypes['PaymentEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type PaymentEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PaymentEdge'] = ResolversParentTypes['PaymentEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Payment'], ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  payments?: Resolver<Maybe<ResolversTypes['PaymentConnection']>, ParentType, ContextType, RequireFields<QueryPaymentsArgs, 'first'>>;
  wallet?: Resolver<Maybe<ResolversTypes['Wallet']>, ParentType, ContextType>;
};

export type SubscriptionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  walletChanged?: SubscriptionResolver<Maybe<ResolversTypes['Wallet']>, "walletChanged", ParentType, ContextType>;
};

export type WalletResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Wallet'] = ResolversParentTypes['Wallet']> = {
  balance?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  entries?: Resolver<ResolversTypes['WalletEntryConnection'], ParentType, ContextType, RequireFields<WalletEntriesArgs, 'first'>>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type WalletEntryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['WalletEntry'] = ResolversParentTypes['WalletEntry']> = {
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  booking?: Resolver<Maybe<ResolversTypes['Booking']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['MovementKind'], ParentType, ContextType>;
};

export type WalletEntryConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['WalletEntryConnection'] = ResolversParentTypes['WalletEntryConnection']> = {
  edges?: Resolver<Array<ResolversTypes['WalletEntryEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type WalletEntryEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['WalletEntryEdge'] = ResolversParentTypes['WalletEntryEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['WalletEntry'], ParentType, ContextType>;
};

export type WalletFullResolvers<ContextType = Context, ParentType extends ResolversParentTypes['WalletFull'] = ResolversParentTypes['WalletFull']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  AddFundsResult?: AddFundsResultResolvers<ContextType>;
  Booking?: BookingResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  Failure?: FailureResolvers<ContextType>;
  FundsInvalid?: FundsInvalidResolvers<ContextType>;
  Guest?: GuestResolvers<ContextType>;
  Host?: HostResolvers<ContextType>;
  IdempotencyKeyReused?: IdempotencyKeyReusedResolvers<ContextType>;
  Money?: MoneyResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Payment?: PaymentResolvers<ContextType>;
  PaymentConnection?: PaymentConnectionResolvers<ContextType>;
  PaymentEdge?: PaymentEdgeResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
  Wallet?: WalletResolvers<ContextType>;
  WalletEntry?: WalletEntryResolvers<ContextType>;
  WalletEntryConnection?: WalletEntryConnectionResolvers<ContextType>;
  WalletEntryEdge?: WalletEntryEdgeResolvers<ContextType>;
  WalletFull?: WalletFullResolvers<ContextType>;
};


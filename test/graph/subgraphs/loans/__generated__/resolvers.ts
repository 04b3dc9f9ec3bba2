import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { LoanMapper, BookMapper, MemberMapper } from '../mappers.ts';
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

/** A book that a member lends. */
export type Book = {
  __typename?: 'Book';
  id: Scalars['ID']['output'];
  /** Whether it can be borrowed now; false while it is lent. */
  isAvailable?: Maybe<Scalars['Boolean']['output']>;
  /** Cost of sending it, in cents. */
  postageCents?: Maybe<Scalars['Int']['output']>;
  /** Last day to return it, if borrowed on this day. */
  returnBy?: Maybe<Scalars['Date']['output']>;
  title: Scalars['String']['output'];
  weightGrams: Scalars['Int']['output'];
};


/** A book that a member lends. */
export type BookReturnByArgs = {
  borrowedOn: Scalars['Date']['input'];
};

/** The book is not offered. */
export type BookNotOffered = Failure & {
  __typename?: 'BookNotOffered';
  message: Scalars['String']['output'];
};

/** Another member has the book. */
export type BookOut = Failure & {
  __typename?: 'BookOut';
  message: Scalars['String']['output'];
};

export type BorrowBookInput = {
  bookId: Scalars['ID']['input'];
  /**
   * New random value of 1 to 100 characters for each loan. A repeated call with the same key, such as after a lost response, returns the
   * loan of the first call. Keys expire after 30 days.
   */
  idempotencyKey: Scalars['String']['input'];
};

export type BorrowBookResult = BookNotOffered | BookOut | IdempotencyKeyReused | Loan | LoanInvalid;

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

/** The key was used with another input. */
export type IdempotencyKeyReused = Failure & {
  __typename?: 'IdempotencyKeyReused';
  message: Scalars['String']['output'];
};

/** Current or past loan of a book; null for viewers other than its member. */
export type Loan = {
  __typename?: 'Loan';
  book?: Maybe<Book>;
  /** Last day to return the book. */
  dueOn: Scalars['Date']['output'];
  id: Scalars['ID']['output'];
  member?: Maybe<Member>;
  startedAt: Scalars['DateTime']['output'];
  status: LoanStatus;
};

export type LoanConnection = {
  __typename?: 'LoanConnection';
  edges: Array<LoanEdge>;
  pageInfo: PageInfo;
};

export type LoanEdge = {
  __typename?: 'LoanEdge';
  cursor: Scalars['String']['output'];
  node: Loan;
};

/** A value is invalid. */
export type LoanInvalid = Failure & {
  __typename?: 'LoanInvalid';
  /** The invalid input field, such as `idempotencyKey`. */
  field: Scalars['String']['output'];
  message: Scalars['String']['output'];
};

/** The viewer has no loan with this id. */
export type LoanNotFound = Failure & {
  __typename?: 'LoanNotFound';
  message: Scalars['String']['output'];
};

/** Status of a loan. */
export type LoanStatus =
  /** The member has the book. */
  | 'OUT'
  /** The member has the book, and its return is overdue. */
  | 'OVERDUE'
  /** The book has been returned. */
  | 'RETURNED';

/** User who lends and borrows books. */
export type Member = {
  __typename?: 'Member';
  id: Scalars['ID']['output'];
  /** Newest first; null for other viewers. */
  loans?: Maybe<LoanConnection>;
};


/** User who lends and borrows books. */
export type MemberLoansArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first: Scalars['Int']['input'];
};

export type Mutation = {
  __typename?: 'Mutation';
  /** Borrows a book. */
  borrowBook: BorrowBookResult;
  /** Ends a loan of the viewer; idempotent. */
  returnBook: ReturnBookResult;
};


export type MutationBorrowBookArgs = {
  input: BorrowBookInput;
};


export type MutationReturnBookArgs = {
  id: Scalars['ID']['input'];
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
  /** A loan of the viewer; null if it does not exist or is another member's. */
  loan?: Maybe<Loan>;
};


export type QueryLoanArgs = {
  id: Scalars['ID']['input'];
};

export type ReturnBookResult = Loan | LoanNotFound;

export type Subscription = {
  __typename?: 'Subscription';
  /** A loan of the viewer when it ends. */
  loanChanged?: Maybe<Loan>;
  /** Loans of a book when they start and end; for the member of each loan, null for others. */
  loansOfBook?: Maybe<Loan>;
};


export type SubscriptionLoanChangedArgs = {
  id: Scalars['ID']['input'];
};


export type SubscriptionLoansOfBookArgs = {
  bookId: Scalars['ID']['input'];
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
  Book: Book;
  Loan: Loan;
  Member: Member;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Book:
    ( { __typename: 'Book' }
    & GraphQLRecursivePick<FederationTypes['Book'], {"id":true}>
    & ( Record<PropertyKey, never>
        | GraphQLRecursivePick<FederationTypes['Book'], {"weightGrams":true}> ) );
  Loan:
    ( { __typename: 'Loan' }
    & GraphQLRecursivePick<FederationTypes['Loan'], {"id":true}> );
  Member:
    ( { __typename: 'Member' }
    & GraphQLRecursivePick<FederationTypes['Member'], {"id":true}> );
};

/** Mapping of union types */
export type ResolversUnionTypes<_RefType extends Record<string, unknown>> = {
  BorrowBookResult:
    | ( BookNotOffered & { __typename: 'BookNotOffered' } )
    | ( BookOut & { __typename: 'BookOut' } )
    | ( IdempotencyKeyReused & { __typename: 'IdempotencyKeyReused' } )
    | ( LoanMapper & { __typename: 'Loan' } )
    | ( LoanInvalid & { __typename: 'LoanInvalid' } )
  ;
  ReturnBookResult:
    | ( LoanMapper & { __typename: 'Loan' } )
    | ( LoanNotFound & { __typename: 'LoanNotFound' } )
  ;
};

/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = {
  Failure:
    | ( BookNotOffered )
    | ( BookOut )
    | ( IdempotencyKeyReused )
    | ( LoanInvalid )
    | ( LoanNotFound )
  ;
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  Book: ResolverTypeWrapper<BookMapper>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  BookNotOffered: ResolverTypeWrapper<BookNotOffered>;
  BookOut: ResolverTypeWrapper<BookOut>;
  BorrowBookInput: BorrowBookInput;
  BorrowBookResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['BorrowBookResult']>;
  CacheControlScope: CacheControlScope;
  Date: ResolverTypeWrapper<Scalars['Date']['output']>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  Failure: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['Failure']>;
  IdempotencyKeyReused: ResolverTypeWrapper<IdempotencyKeyReused>;
  Loan: ResolverTypeWrapper<LoanMapper>;
  LoanConnection: ResolverTypeWrapper<Omit<LoanConnection, 'edges'> & { edges: Array<ResolversTypes['LoanEdge']> }>;
  LoanEdge: ResolverTypeWrapper<Omit<LoanEdge, 'node'> & { node: ResolversTypes['Loan'] }>;
  LoanInvalid: ResolverTypeWrapper<LoanInvalid>;
  LoanNotFound: ResolverTypeWrapper<LoanNotFound>;
  LoanStatus: LoanStatus;
  Member: ResolverTypeWrapper<MemberMapper>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  ReturnBookResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['ReturnBookResult']>;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  Book: BookMapper;
  ID: Scalars['ID']['output'];
  String: Scalars['String']['output'];
  BookNotOffered: BookNotOffered;
  BookOut: BookOut;
  BorrowBookInput: BorrowBookInput;
  BorrowBookResult: ResolversUnionTypes<ResolversParentTypes>['BorrowBookResult'];
  Date: Scalars['Date']['output'];
  DateTime: Scalars['DateTime']['output'];
  Failure: ResolversInterfaceTypes<ResolversParentTypes>['Failure'];
  IdempotencyKeyReused: IdempotencyKeyReused;
  Loan: LoanMapper;
  LoanConnection: Omit<LoanConnection, 'edges'> & { edges: Array<ResolversParentTypes['LoanEdge']> };
  LoanEdge: Omit<LoanEdge, 'node'> & { node: ResolversParentTypes['Loan'] };
  LoanInvalid: LoanInvalid;
  LoanNotFound: LoanNotFound;
  Member: MemberMapper;
  Mutation: Record<PropertyKey, never>;
  PageInfo: PageInfo;
  Query: Record<PropertyKey, never>;
  ReturnBookResult: ResolversUnionTypes<ResolversParentTypes>['ReturnBookResult'];
  Subscription: Record<PropertyKey, never>;
  Boolean: Scalars['Boolean']['output'];
  Int: Scalars['Int']['output'];
};

export type CacheControlDirectiveArgs = {
  inheritMaxAge?: Maybe<Scalars['Boolean']['input']>;
  maxAge?: Maybe<Scalars['Int']['input']>;
  scope?: Maybe<CacheControlScope>;
};

export type CacheControlDirectiveResolver<Result, Parent, ContextType = Context, Args = CacheControlDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type BookResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Book'] = ResolversParentTypes['Book'], FederationReferenceType extends FederationReferenceTypes['Book'] = FederationReferenceTypes['Book']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Book']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isAvailable?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  postageCents?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  returnBy?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType, RequireFields<BookReturnByArgs, 'borrowedOn'>>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type BookNotOfferedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['BookNotOffered'] = ResolversParentTypes['BookNotOffered']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type BookOutResolvers<ContextType = Context, ParentType extends ResolversParentTypes['BookOut'] = ResolversParentTypes['BookOut']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type BorrowBookResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['BorrowBookResult'] = ResolversParentTypes['BorrowBookResult']> = {
  __resolveType: TypeResolveFn<'BookNotOffered' | 'BookOut' | 'IdempotencyKeyReused' | 'Loan' | 'LoanInvalid', ParentType, ContextType>;
};

export interface DateScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Date'], any> {
  name: 'Date';
}

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type FailureResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Failure'] = ResolversParentTypes['Failure']> = {
  __resolveType: TypeResolveFn<'BookNotOffered' | 'BookOut' | 'IdempotencyKeyReused' | 'LoanInvalid' | 'LoanNotFound', ParentType, ContextType>;
};

export type IdempotencyKeyReusedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['IdempotencyKeyReused'] = ResolversParentTypes['IdempotencyKeyReused']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type LoanResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Loan'] = ResolversParentTypes['Loan'], FederationReferenceType extends FederationReferenceTypes['Loan'] = FederationReferenceTypes['Loan']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Loan']> | FederationReferenceType, FederationReferenceType, ContextType>;
  book?: Resolver<Maybe<ResolversTypes['Book']>, ParentType, ContextType>;
  dueOn?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  member?: Resolver<Maybe<ResolversTypes['Member']>, ParentType, ContextType>;
  startedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['LoanStatus'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type LoanConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LoanConnection'] = ResolversParentTypes['LoanConnection']> = {
  edges?: Resolver<Array<ResolversTypes['LoanEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type LoanEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LoanEdge'] = ResolversParentTypes['LoanEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Loan'], ParentType, ContextType>;
};

export type LoanInvalidResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LoanInvalid'] = ResolversParentTypes['LoanInvalid']> = {
  field?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type LoanNotFoundResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LoanNotFound'] = ResolversParentTypes['LoanNotFound']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type MemberResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Member'] = ResolversParentTypes['Member'], FederationReferenceType extends FederationReferenceTypes['Member'] = FederationReferenceTypes['Member']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Member']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  loans?: Resolver<Maybe<ResolversTypes['LoanConnection']>, ParentType, ContextType, RequireFields<MemberLoansArgs, 'first'>>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  borrowBook?: Resolver<ResolversTypes['BorrowBookResult'], ParentType, ContextType, RequireFields<MutationBorrowBookArgs, 'input'>>;
  returnBook?: Resolver<ResolversTypes['ReturnBookResult'], ParentType, ContextType, RequireFields<MutationReturnBookArgs, 'id'>>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  loan?: Resolver<Maybe<ResolversTypes['Loan']>, ParentType, ContextType, RequireFields<QueryLoanArgs, 'id'>>;
};

export type ReturnBookResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReturnBookResult'] = ResolversParentTypes['ReturnBookResult']> = {
  __resolveType: TypeResolveFn<'Loan' | 'LoanNotFound', ParentType, ContextType>;
};

export type SubscriptionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  loanChanged?: SubscriptionResolver<Maybe<ResolversTypes['Loan']>, "loanChanged", ParentType, ContextType, RequireFields<SubscriptionLoanChangedArgs, 'id'>>;
  loansOfBook?: SubscriptionResolver<Maybe<ResolversTypes['Loan']>, "loansOfBook", ParentType, ContextType, RequireFields<SubscriptionLoansOfBookArgs, 'bookId'>>;
};

export type Resolvers<ContextType = Context> = {
  Book?: BookResolvers<ContextType>;
  BookNotOffered?: BookNotOfferedResolvers<ContextType>;
  BookOut?: BookOutResolvers<ContextType>;
  BorrowBookResult?: BorrowBookResultResolvers<ContextType>;
  Date?: GraphQLScalarType;
  DateTime?: GraphQLScalarType;
  Failure?: FailureResolvers<ContextType>;
  IdempotencyKeyReused?: IdempotencyKeyReusedResolvers<ContextType>;
  Loan?: LoanResolvers<ContextType>;
  LoanConnection?: LoanConnectionResolvers<ContextType>;
  LoanEdge?: LoanEdgeResolvers<ContextType>;
  LoanInvalid?: LoanInvalidResolvers<ContextType>;
  LoanNotFound?: LoanNotFoundResolvers<ContextType>;
  Member?: MemberResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  ReturnBookResult?: ReturnBookResultResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = Context> = {
  cacheControl?: CacheControlDirectiveResolver<any, any, ContextType>;
};

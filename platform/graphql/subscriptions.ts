import type { DomainEvent, EventOf } from '../events/domain-event.ts';

/** Path in an event whose string value is a topic. */
export type TopicPath = 'entityId' | `data.${string}`;

/** Source of one field of `Subscription`: the service's own events that feed it, and for whom. */
export interface SubscriptionSource<Event extends DomainEvent, Args, Context, Root> {
  /** Types of the events; each is in the service's `events.ts`. */
  events: readonly Event['type'][];
  /** Where an event has its topic. With several paths, an event has a topic for each that has a value. */
  topic: TopicPath | readonly TopicPath[];
  /**
   * Returns the topic of a new subscription. Checks its arguments and the viewer's right; throws a GraphQLError if the viewer may
   * not subscribe.
   */
  subscribe: (args: Args, context: Context) => string | Promise<string>;
  /**
   * Returns the field's value for an event, from the event or from the store. Called for each event with the subscriber as the
   * viewer: it returns null, or throws, if the viewer has lost the right.
   */
  rootValue: (event: Event, context: Context, args: Args) => Root | Promise<Root>;
}

// biome-ignore lint/suspicious/noExplicitAny: the source of any field
export type AnySubscriptionSource = SubscriptionSource<any, any, any, any>;

/** Sources by field of `Subscription`. */
export type SubscriptionSources = Readonly<Record<string, AnySubscriptionSource>>;

/** The generated resolver of one field, by its signature. */
type SourceOf<Resolver, Event extends DomainEvent> = Resolver extends {
  // biome-ignore lint/suspicious/noExplicitAny: the generated types leave these open
  subscribe: (parent: any, args: infer Args, context: infer Context, info: any) => any;
  // biome-ignore lint/suspicious/noExplicitAny: likewise
  resolve: (...given: any[]) => infer Root;
}
  ? SubscriptionSource<Event, Args, Context, Awaited<Root>>
  : never;

/**
 * Type of the table `subscriptions` in a service's `subscriptions.ts`:
 * `Subscriptions<SubscriptionResolvers, typeof orderEvents>`, of the generated types and the service's published language.
 */
export type Subscriptions<Resolvers, Language> = {
  [Field in Exclude<keyof Resolvers, '__isTypeOf'>]-?: SourceOf<NonNullable<Resolvers[Field]>, EventOf<Language>>;
};

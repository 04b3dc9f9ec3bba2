import { GraphQLError, type GraphQLSchema } from 'graphql';
import type { DomainEvent } from '../events/domain-event.ts';
import type { SubscriptionSources } from './subscriptions.ts';

/**
 * Gives the fields of `Subscription` their sources. The source stream of a field has one value, the topic; its value is resolved
 * with an event as the operation's root value, https://spec.graphql.org/October2021/#sec-Subscription
 */
export function attachSubscriptions(schema: GraphQLSchema, sources: SubscriptionSources): void {
  const fields = schema.getSubscriptionType()?.getFields() ?? {};
  for (const [name, field] of Object.entries(fields)) {
    const source = sources[name];
    if (!source) throw new Error(`Subscription.${name} has no source in subscriptions.ts`);
    // Called before the stream is created, so that an error has the path of the field.
    field.subscribe = async (_, args, context) => streamOf(await source.subscribe(args, context));
    field.resolve = (event: DomainEvent | undefined, args, context) => {
      if (!event) throw withoutEvent();
      return source.rootValue(event, context, args);
    };
  }
}

async function* streamOf(topic: string): AsyncGenerator<string> {
  yield topic;
}

function withoutEvent(): GraphQLError {
  return new GraphQLError('A subscription runs when an event arrives: subscribe at the WebSocket URL.', {
    extensions: { code: 'BAD_REQUEST' },
  });
}

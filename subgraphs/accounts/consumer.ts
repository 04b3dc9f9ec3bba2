import { documentClient } from '#platform/dynamodb/document-client.ts';
import { requiredEnv } from '#platform/env.ts';
import { eventConsumer } from '#platform/events/event-consumer.ts';
import { signUpUsers } from './sign-up-users.ts';
import { UserStore } from './user-store.ts';

export const handler = eventConsumer(...signUpUsers(new UserStore(documentClient(), requiredEnv('TABLE_NAME'))));

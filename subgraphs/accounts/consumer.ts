import { documentClient } from '#platform/document-client.ts';
import { requiredEnv } from '#platform/env.ts';
import { eventConsumer } from '#platform/event-consumer.ts';
import { signUpUsers } from './sign-up-users.ts';
import { UserStore } from './user-store.ts';

export const handler = eventConsumer(...signUpUsers(new UserStore(documentClient(), requiredEnv('TABLE_NAME'))));

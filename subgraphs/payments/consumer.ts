import { systemClock } from '#platform/clock.ts';
import { documentClient } from '#platform/dynamodb/document-client.ts';
import { requiredEnv } from '#platform/env.ts';
import { eventConsumer } from '#platform/events/event-consumer.ts';
import { PaymentStore } from './payment-store.ts';
import { settlePayments } from './settle-payments.ts';

const payments = new PaymentStore(documentClient(), requiredEnv('TABLE_NAME'));

export const handler = eventConsumer(settlePayments({ payments, now: systemClock() }));

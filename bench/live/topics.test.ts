import { Topics } from './topics.ts';

test('followers get the messages of their topic in order, until they end', async () => {
  const topics = new Topics<number>();
  const [first, second] = [topics.follow('a'), topics.follow('b')];
  for (const message of [1, 2]) topics.publish('a', message);
  topics.publish('b', 3);
  expect([await first.next(), await first.next(), await second.next()].map(({ value }) => value)).toEqual([1, 2, 3]);
  expect(topics.followers).toBe(2);
  await first.return?.();
  expect(topics.followers).toBe(1);
});

import { originCheck } from './origin-secret.ts';

test('only requests with the secret are accepted', () => {
  const cameThroughCloudFront = originCheck('s3cret');
  const headers: Record<string, string>[] = [
    { 'x-origin-secret': 's3cret' },
    { 'x-origin-secret': 's3cre' },
    { 'x-origin-secret': '' },
    {},
  ];
  expect(headers.map((each) => cameThroughCloudFront({ headers: each }))).toEqual([true, false, false, false]);
});

test('without a secret every request is accepted', () => {
  expect(originCheck(undefined)({ headers: {} })).toBe(true);
});

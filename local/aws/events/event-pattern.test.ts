import { eventPattern } from './event-pattern.ts';

const event = {
  source: 'loans',
  'detail-type': 'LoanStarted',
  resources: ['arn:one', 'arn:two'],
  detail: {
    state: 'pending',
    empty: '',
    nothing: null,
    flag: true,
    count: 5,
    price: 3.018e2,
    address: '10.0.0.77',
    image: 'photos/cover.PNG',
    tags: ['quiet', 'loft'],
    none: [],
    member: { id: 'g1', plan: { name: 'Basic' } },
    days: [
      { day: 'fri', price: 1 },
      { day: 'sat', price: 2 },
    ],
  },
};

/** Cases from https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html */
test.each<[object, boolean]>([
  [{ source: ['loans'] }, true],
  [{ source: ['books', 'loans'] }, true],
  [{ source: ['Loans'] }, false],
  [{ source: ['loans'], 'detail-type': ['LoanStarted'] }, true],
  [{ source: ['loans'], 'detail-type': ['LoanEnded'] }, false],
  [{ detail: { empty: [''] } }, true],
  [{ detail: { state: [''] } }, false],
  [{ detail: { nothing: [null] } }, true],
  [{ detail: { missing: [null] } }, false],
  [{ detail: { flag: [true] } }, true],
  [{ detail: { flag: ['true'] } }, false],
  [{ detail: { price: [301.8] } }, true],
  [{ resources: ['arn:two', 'arn:three'] }, true],
  [{ resources: ['arn:three'] }, false],
  [{ detail: { member: { plan: { name: ['Basic'] } } } }, true],
  [{ detail: { member: { plan: { name: ['Extra'] } } } }, false],
  [{ detail: { tags: ['loft'] } }, true],
  [{ detail: { none: ['loft'] } }, false],
  [{ detail: { days: { day: ['sat'], price: [2] } } }, true],
  [{ detail: { days: { day: ['sat'], price: [1] } } }, false],

  [{ detail: { image: [{ prefix: 'photos/' }] } }, true],
  [{ detail: { image: [{ prefix: 'Photos/' }] } }, false],
  [{ detail: { image: [{ prefix: { 'equals-ignore-case': 'PHOTOS/' } }] } }, true],
  [{ detail: { image: [{ suffix: '.PNG' }] } }, true],
  [{ detail: { image: [{ suffix: { 'equals-ignore-case': '.png' } }] } }, true],
  [{ detail: { count: [{ prefix: '5' }] } }, false],
  [{ detail: { state: [{ 'equals-ignore-case': 'PENDING' }] } }, true],
  [{ detail: { image: [{ wildcard: 'photos/*.PNG' }] } }, true],
  [{ detail: { image: [{ wildcard: 'photos/*.jpg' }] } }, false],
  [{ detail: { image: [{ wildcard: 'photos/\\*.PNG' }] } }, false],

  [{ detail: { state: [{ 'anything-but': 'initializing' }] } }, true],
  [{ detail: { state: [{ 'anything-but': ['initializing', 'pending'] }] } }, false],
  [{ detail: { count: [{ 'anything-but': 5 }] } }, false],
  [{ detail: { count: [{ 'anything-but': [1, 2] }] } }, true],
  [{ detail: { missing: [{ 'anything-but': 'x' }] } }, false],
  [{ detail: { image: [{ 'anything-but': { prefix: 'photos' } }] } }, false],
  [{ detail: { image: [{ 'anything-but': { suffix: ['.jpg', '.gif'] } }] } }, true],
  [{ detail: { image: [{ 'anything-but': { suffix: ['.jpg', '.PNG'] } }] } }, false],
  [{ detail: { state: [{ 'anything-but': { 'equals-ignore-case': 'PENDING' } }] } }, false],
  [{ detail: { image: [{ 'anything-but': { wildcard: '*/cover*' } }] } }, false],

  [{ detail: { count: [{ numeric: ['>', 0, '<=', 5] }] } }, true],
  [{ detail: { count: [{ numeric: ['>', 5] }] } }, false],
  [{ detail: { count: [{ numeric: ['=', 5] }] } }, true],
  [{ detail: { count: [{ numeric: ['<', 5] }, { numeric: ['>=', 5] }] } }, true],
  [{ detail: { state: [{ numeric: ['>', 0] }] } }, false],

  [{ detail: { state: [{ exists: true }] } }, true],
  [{ detail: { nothing: [{ exists: true }] } }, true],
  [{ detail: { missing: [{ exists: true }] } }, false],
  [{ detail: { missing: [{ exists: false }] } }, true],
  [{ detail: { missing: { deeper: [{ exists: false }] } } }, true],
  [{ detail: { state: [{ exists: false }] } }, false],
  // `exists` applies to scalar values only.
  [{ detail: { member: [{ exists: true }] } }, false],

  [{ detail: { address: [{ cidr: '10.0.0.0/24' }] } }, true],
  [{ detail: { address: [{ cidr: '10.0.1.0/24' }] } }, false],
  [{ detail: { state: [{ cidr: '10.0.0.0/24' }] } }, false],

  [{ detail: { $or: [{ state: ['closed'] }, { count: [{ numeric: ['<', 9] }] }] } }, true],
  [{ detail: { $or: [{ state: ['closed'] }, { count: [9] }] } }, false],
  [{ source: ['loans'], $or: [{ detail: { state: ['pending'] } }, { detail: { count: [9] } }] }, true],
  [{ source: ['books'], $or: [{ detail: { state: ['pending'] } }, { detail: { count: [9] } }] }, false],
])('%j: %s', (pattern, matches) => {
  expect(eventPattern(pattern)(event)).toBe(matches);
});

test.each<[unknown, string]>([
  ['text', 'must be an object'],
  [{}, 'must not be empty'],
  [{ source: [] }, 'must not be empty'],
  [{ source: 'loans' }, 'must be an object'],
  [{ source: [['a']] }, 'must not be in a list'],
  [{ source: [{ like: 'a' }] }, 'Unrecognized match type like'],
  [{ source: [{ prefix: 1 }] }, 'prefix must be a string'],
  [{ count: [{ numeric: ['~', 1] }] }, 'numeric must be a list'],
  [{ count: [{ numeric: [] }] }, 'numeric must be a list'],
  [{ state: [{ exists: 'yes' }] }, 'exists must be true or false'],
  [{ $or: [{ a: [1] }] }, '$or must be a list'],
  [{ a: [{ cidr: '10.0.0.0' }] }, 'cidr must be a block'],
])('%j is refused: %s', (pattern, message) => {
  expect(() => eventPattern(pattern)).toThrow(message);
});

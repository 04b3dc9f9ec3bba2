import { grantHint } from './grant-hint.ts';

const SUBGRAPHS = [{ name: 'orders' }, { name: 'products' }];
const table = (name: string) => `arn:aws:dynamodb:us-east-1:123456789012:table/shop-dev-${name}`;

test.each([
  [
    'orders',
    'dynamodb:Query',
    table('orders'),
    "'Query' to table.access.service in subgraphs/orders/subgraph.config.ts.",
  ],
  [
    'orders',
    'dynamodb:Query',
    `${table('orders')}/index/by-age`,
    "'Query' to table.access.service in subgraphs/orders/",
  ],
  ['orders-consumer', 'dynamodb:PutItem', table('orders'), "'PutItem' to table.access.consumer in subgraphs/orders/"],
  ['orders', 'dynamodb:GetItem', table('products'), 'The table belongs to products: query that service'],
  ['orders', 'dynamodb:Scan', table('orders'), undefined],
  ['orders', 'sqs:SendMessage', 'arn:aws:sqs:us-east-1:123456789012:shop-dev-orders', undefined],
])('for %s, denied %s on %s, the hint is %s', (service, action, resource, hint) => {
  const returned = grantHint({ functionName: `shop-dev-${service}`, action, resource }, 'shop-dev-', SUBGRAPHS);
  if (hint) expect(returned).toContain(hint);
  else expect(returned).toBeUndefined();
});

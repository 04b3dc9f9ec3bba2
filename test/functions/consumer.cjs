/**
 * Test consumer: counts the deliveries of each event in a table. `detail.data.how` makes it fail: `fails` (always), `fails-once`,
 * `crashes-before` or `crashes-after` its write (once).
 */
const { DynamoDBClient, UpdateItemCommand, PutItemCommand } = require('@aws-sdk/client-dynamodb');

const client = new DynamoDBClient({});
const TableName = process.env.TABLE_NAME;

exports.handler = async ({ detail, source, ...envelope }) => {
  const { id, data } = detail;
  const isFirst = await claim(`tried#${id}`);
  if (data.how === 'fails' || (data.how === 'fails-once' && isFirst)) throw new Error(`failed on ${id}`);
  if (data.how === 'crashes-before' && isFirst) process.exit(1);
  await client.send(
    new UpdateItemCommand({
      TableName,
      Key: { id: { S: `seen#${id}` } },
      UpdateExpression: 'SET envelope = :envelope ADD deliveries :one',
      ExpressionAttributeValues: { ':envelope': { S: JSON.stringify({ source, ...envelope }) }, ':one': { N: '1' } },
    }),
  );
  if (data.how === 'crashes-after' && isFirst) process.exit(1);
};

async function claim(id) {
  const item = { TableName, Item: { id: { S: id } }, ConditionExpression: 'attribute_not_exists(id)' };
  return client.send(new PutItemCommand(item)).then(
    () => true,
    () => false,
  );
}

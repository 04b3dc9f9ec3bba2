import type { Names } from '../names.ts';
import type { Plan } from '../plan.ts';

/** `<entity>-store.ts`: the table's reads, writes and key shapes. */
export function store({ name, entity, extended }: Plan): string {
  const { type, one, file, aThing, things } = entity;
  return `import { type DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { batchRead, type Item } from '#platform/dynamodb/batch-read.ts';
import type { Page, PageRequest } from '#platform/graphql/connection.ts';
import { queryPage } from '#platform/dynamodb/query-page.ts';
import { ItemReader } from '#platform/dynamodb/item-reader.ts';
import type { ${type} } from './${file}.ts';

/** Reads and writes ${things} in the table of ${name}. */
export class ${type}Store {
  readonly #client: DynamoDBDocumentClient;
  readonly #table: string;

  constructor(client: DynamoDBDocumentClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  /** Returns ${things} by id, in any order. Ids must be unique. */
  byIds(ids: string[]): Promise<${type}[]> {
    return batchRead(this.#client, this.#table, ids.map(keyOf), to${type});
  }

  /** Returns a user's ${things}, newest first. */
  ofOwner(ownerId: string, page: PageRequest): Promise<Page<${type}>> {
    return this.#newestBy('ownerId', ownerId, 'owner-by-age', page);
  }
${extended ? ofExtended(entity, extended) : ''}
  /** Inserts ${aThing}; throws if the id exists. */
  async add(${one}: ${type}): Promise<void> {
    const ConditionExpression = 'attribute_not_exists(pk)';
    await this.#client.send(new PutCommand({ TableName: this.#table, Item: toItem(${one}), ConditionExpression }));
  }

  async #newestBy(attribute: string, value: string, index: string, { first, after }: PageRequest): Promise<Page<${type}>> {
    const query = {
      TableName: this.#table,
      IndexName: index,
      KeyConditionExpression: '#attribute = :value',
      ExpressionAttributeNames: { '#attribute': attribute },
      ExpressionAttributeValues: { ':value': value },
      ScanIndexForward: false,
      ExclusiveStartKey: after && { pk: after.pk, ageKey: after.ageKey, [attribute]: value },
    };
    const { nodes, hasMore } = await queryPage(this.#client, query, first);
    return { nodes: nodes.map(to${type}), hasMore };
  }
}

/** Returns the key that a page cursor holds. */
export function cursorKey(${one}: ${type}): { pk: string; ageKey: string } {
  return { ...keyOf(${one}.id), ageKey: ageKey(${one}) };
}

const keyOf = (id: string) => ({ pk: \`${one}#\${id}\` });
const ageKey = ({ createdAt, id }: ${type}) => \`\${createdAt}#\${id}\`;

function toItem(${one}: ${type}): Item {
  return { ...${one}, ...keyOf(${one}.id), ageKey: ageKey(${one}) };
}

function to${type}(item: Item): ${type} {
  const read = new ItemReader(item, '${type}');
  return {
    id: read.string('id'),
    ownerId: read.string('ownerId'),
${extended ? `    ${extended.one}Id: read.string('${extended.one}Id'),\n` : ''}    name: read.string('name'),
    createdAt: read.string('createdAt'),
  };
}
`;
}

function ofExtended({ type, things }: Names, { type: other, one, aThing }: Names): string {
  return `
  /** Returns the ${things} of ${aThing}, newest first. */
  of${other}(${one}Id: string, page: PageRequest): Promise<Page<${type}>> {
    return this.#newestBy('${one}Id', ${one}Id, '${one}-by-age', page);
  }
`;
}

/** `<entity>-store.test.ts` */
export function storeTest({ name, entity, extended }: Plan): string {
  const { type, one, many, file, aThing, things } = entity;
  const reference = extended ? ` ${extended.one}Id: '${extended.one}1',` : '';
  return `import { testTable } from '../../test/test-table.ts';
import type { ${type} } from './${file}.ts';
import { cursorKey, ${type}Store } from './${file}-store.ts';

let ${many}: ${type}Store;
beforeAll(async () => {
  const table = await testTable('${name}');
  ${many} = new ${type}Store(table.client, table.name);
});

const example = (id: string, ownerId: string, day: string): ${type} => ({
  id,
  ownerId,
 ${reference}
  name: \`Named \${id}\`,
  createdAt: \`\${day}T09:30:00.000Z\`,
});

test('reads ${things} by id, omitting unknown ids', async () => {
  const ${one} = example('known', 'ada', '2026-05-01');
  await ${many}.add(${one});
  expect(await ${many}.byIds(['known', 'unknown'])).toEqual([${one}]);
});

test('does not overwrite ${aThing} with the same id', async () => {
  await ${many}.add(example('once', 'bob', '2026-05-01'));
  await expect(${many}.add(example('once', 'eve', '2026-05-02'))).rejects.toThrow('conditional');
  expect(await ${many}.byIds(['once'])).toMatchObject([{ ownerId: 'bob' }]);
});

test("pages through a user's ${things}, newest first", async () => {
  const oldest = example('a', 'cy', '2026-05-01');
  const middle = example('b', 'cy', '2026-05-02');
  const newest = example('c', 'cy', '2026-05-03');
  for (const ${one} of [middle, newest, oldest]) await ${many}.add(${one});
  await ${many}.add(example('other', 'dan', '2026-05-02'));
  expect(await ${many}.ofOwner('cy', { first: 2 })).toEqual({ nodes: [newest, middle], hasMore: true });
  expect(await ${many}.ofOwner('cy', { first: 2, after: cursorKey(middle) })).toEqual({ nodes: [oldest], hasMore: false });
});
`;
}

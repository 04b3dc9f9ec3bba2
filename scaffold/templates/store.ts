import { type Names, upperFirst } from '../names.ts';
import type { Plan } from '../plan.ts';

/** `<entity>-store.ts`: every read and write, and the shape of keys. */
export function store({ name, entity, extended }: Plan): string {
  const { type, one, file, aThing, things } = entity;
  return `import { type DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { batchRead, type Item } from '#platform/dynamodb/batch-read.ts';
import type { Page, PageRequest } from '#platform/graphql/connection.ts';
import { queryPage } from '#platform/dynamodb/query-page.ts';
import { ItemReader } from '#platform/dynamodb/item-reader.ts';
import type { ${type} } from './${file}.ts';

/** Every read and write of ${things} in the table of ${name}. */
export class ${type}Store {
  readonly #client: DynamoDBDocumentClient;
  readonly #table: string;

  constructor(client: DynamoDBDocumentClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  /** ${upperFirst(things)} by id, in any order; ids must differ. */
  byIds(ids: string[]): Promise<${type}[]> {
    return batchRead(this.#client, this.#table, ids.map(keyOf), to${type});
  }

  /** What someone has made, newest first. */
  ofOwner(ownerId: string, page: PageRequest): Promise<Page<${type}>> {
    return this.#newestWith('ownerId', ownerId, 'owner-by-age', page);
  }
${extended ? ofExtended(type, extended) : ''}
  /** Adds ${aThing} that must not exist yet. */
  async add(${one}: ${type}): Promise<void> {
    const ConditionExpression = 'attribute_not_exists(pk)';
    await this.#client.send(new PutCommand({ TableName: this.#table, Item: toItem(${one}), ConditionExpression }));
  }

  async #newestWith(attribute: string, value: string, index: string, { first, after }: PageRequest): Promise<Page<${type}>> {
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

/** The cursor key of ${aThing} in a list by age: where a next page starts. */
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

function ofExtended(type: string, { type: other, one, aThing }: Names): string {
  return `
  /** What belongs to ${aThing}, newest first. */
  of${other}(${one}Id: string, page: PageRequest): Promise<Page<${type}>> {
    return this.#newestWith('${one}Id', ${one}Id, '${one}-by-age', page);
  }
`;
}

/** `<entity>-store.test.ts` */
export function storeTest({ name, entity, extended }: Plan): string {
  const { type, one, many, file, aThing } = entity;
  const reference = extended ? ` ${extended.one}Id: '${extended.one}1',` : '';
  return `import { testTable } from '../../test/test-table.ts';
import type { ${type} } from './${file}.ts';
import { cursorKey, ${type}Store } from './${file}-store.ts';

let ${many}: ${type}Store;
beforeAll(async () => {
  const table = await testTable('${name}');
  ${many} = new ${type}Store(table.client, table.name);
});

const made = (id: string, ownerId: string, day: string): ${type} => ({
  id,
  ownerId,
 ${reference}
  name: \`Named \${id}\`,
  createdAt: \`\${day}T09:30:00.000Z\`,
});

test('${aThing} is found by its id, and what does not exist is left out', async () => {
  const ${one} = made('known', 'ada', '2026-05-01');
  await ${many}.add(${one});
  expect(await ${many}.byIds(['known', 'unknown'])).toEqual([${one}]);
});

test('${aThing} is never written over', async () => {
  await ${many}.add(made('once', 'bob', '2026-05-01'));
  await expect(${many}.add(made('once', 'eve', '2026-05-02'))).rejects.toThrow('conditional');
  expect(await ${many}.byIds(['once'])).toMatchObject([{ ownerId: 'bob' }]);
});

test('what someone has made is read page by page, newest first', async () => {
  const [old, middle, young] = [made('a', 'cy', '2026-05-01'), made('b', 'cy', '2026-05-02'), made('c', 'cy', '2026-05-03')];
  for (const ${one} of [middle, young, old]) await ${many}.add(${one});
  await ${many}.add(made('other', 'dan', '2026-05-02'));
  expect(await ${many}.ofOwner('cy', { first: 2 })).toEqual({ nodes: [young, middle], hasMore: true });
  expect(await ${many}.ofOwner('cy', { first: 2, after: cursorKey(middle) })).toEqual({ nodes: [old], hasMore: false });
});
`;
}

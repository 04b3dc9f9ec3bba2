import { type Bundle, bundles, metafileOf } from './bundle.ts';
import { LIBRARY } from './discover.ts';

/** Names of the files that a bundle has code of. */
async function filesOf(name: string): Promise<string[]> {
  const { outputs } = await metafileOf(bundles(LIBRARY).find((each) => each.name === name) as Bundle);
  return Object.values(outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).flatMap(([file, { bytesInOutput }]) => (bytesInOutput > 0 ? file : [])),
  );
}

test.each(['gateway', 'books', 'schema-check'])(
  'the bundle of %s has one copy of graphql, as ES modules without unused code',
  async (bundle) => {
    const files = (await filesOf(bundle)).filter((file) => file.startsWith('node_modules/graphql/'));
    expect(files).toContain('node_modules/graphql/language/parser.mjs');
    expect(files.filter((file) => !file.endsWith('.mjs'))).toEqual([]);
    expect(files).not.toContain('node_modules/graphql/utilities/findBreakingChanges.mjs');
  },
);

test('a subgraph bundle has no profile credentials, no HTTP/2 and no unused commands', async () => {
  const files = (await filesOf('books')).join('\n');
  expect(files).toContain('@aws-sdk/client-dynamodb/dist-es/commands/GetItemCommand.js');
  expect(files).toContain('@aws-sdk/credential-provider-env/');
  expect(files).not.toMatch(/credential-provider-(ini|sso)|node-http2-handler|RestoreTableToPointInTimeCommand/);
});

import crypto from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { dirname, join } from 'node:path';
import type { Plugin } from 'esbuild';
import { ROOT } from './discover.ts';

const EMPTY = join(import.meta.dirname, 'empty-module.cjs');

/** Modules that a Lambda never uses, or uses a smaller one in place of. */
const REPLACED: [module: RegExp, file: string][] = [
  [/^@aws-sdk\/credential-provider-node$/, join(import.meta.dirname, 'lambda-credentials.ts')],
  // No service that is called here streams events.
  [/^@smithy\/core\/event-streams$/, EMPTY],
  // Draws query graphs, for those who develop planners.
  [/^ts-graphviz$/, EMPTY],
];

interface Change {
  file: string;
  from: string;
  to: string;
}

/** Code of packages that a Lambda does without. */
const CHANGES: Change[] = [
  {
    // Composition has validated the schema when the graph was built.
    file: '@apollo/subgraph/dist/buildSubgraphSchema.js',
    from: 'buildASTSchema)(subgraph.document)',
    to: 'buildASTSchema)(subgraph.document, { assumeValid: true, assumeValidSDL: true })',
  },
  {
    // It looks for a version of graphql that this project does not have, and would keep all of this one.
    file: '@apollo/server/dist/cjs/incrementalDeliveryPolyfill.js',
    from: "__importStar(require('graphql'))",
    to: '({})',
  },
];

/** Packages in CommonJS that import graphql. */
const GRAPHQL_USERS = /node_modules\/@(apollo|as-integrations|graphql-inspector|graphql-tools)\/.*\.js$/;

/**
 * Has Lambdas start sooner: leaves out what they never use of packages. The AWS SDK and graphql come as ES modules, of which
 * esbuild drops what a bundle does not import. All else comes as CommonJS.
 */
export const leanModules: Plugin = {
  name: 'lean-modules',
  setup: ({ onResolve, onLoad }) => {
    for (const [filter, path] of REPLACED) onResolve({ filter }, () => ({ path }));
    onResolve({ filter: /^@(aws-sdk|smithy)\/[\w-]+$/ }, ({ path, importer }) => esModule(path, importer));
    onResolve({ filter: /^graphql(\/|$)/ }, ({ path }) => ({ path: graphqlModule(path), sideEffects: false }));
    onResolve({ filter: /^(node:)?crypto$/ }, () => ({ path: 'crypto', namespace: LAZY }));
    onLoad({ filter: /./, namespace: LAZY }, () => ({ contents: lazyCrypto() }));
    onLoad({ filter: GRAPHQL_USERS }, ({ path }) => ({ contents: importingGraphql(changed(path)) }));
  },
};

const LAZY = 'lazy';

/** Node's crypto, loaded with the first use of something of it: it takes a tenth of a start, and a refusal needs none of it. */
function lazyCrypto(): string {
  return `for (const name of ${JSON.stringify(Object.keys(crypto))})
    Object.defineProperty(exports, name, { enumerable: true, get: () => process.getBuiltinModule('node:crypto')[name] });`;
}

function esModule(name: string, importer: string) {
  const packageFile = findPackageJSON(name, importer);
  if (!packageFile) return undefined;
  const { module, exports } = JSON.parse(readFileSync(packageFile, 'utf8'));
  // A package with `exports` names its ES modules there, under the condition `module`.
  return exports ? undefined : { path: join(dirname(packageFile), module), sideEffects: false };
}

function graphqlModule(name: string): string {
  const path = join(ROOT, 'node_modules', name.replace(/\.js$/, ''));
  return existsSync(`${path}.mjs`) ? `${path}.mjs` : join(path, 'index.mjs');
}

/** With `require`, a package would keep all of graphql, each of its modules in a function of its own. */
function importingGraphql(code: string): string {
  return code.replaceAll(/^(?:const|var) (\w+) = require\((["']graphql[^"']*["'])\);$/gm, 'import * as $1 from $2;');
}

function changed(path: string): string {
  const text = readFileSync(path, 'utf8');
  const change = CHANGES.find(({ file }) => path.endsWith(`node_modules/${file}`));
  if (!change) return text;
  if (!text.includes(change.from)) throw new Error(`${path} no longer has "${change.from}": see build/lean-modules.ts`);
  return text.replace(change.from, change.to);
}

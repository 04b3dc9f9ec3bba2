import crypto from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { dirname, join } from 'node:path';
import type { Plugin } from 'esbuild';
import { ROOT } from './discover.ts';

const EMPTY = join(import.meta.dirname, 'empty-module.cjs');

/** Modules that the bundles omit, or replace with smaller ones. */
const REPLACED: [module: RegExp, file: string][] = [
  [/^@aws-sdk\/credential-provider-node$/, join(import.meta.dirname, 'lambda-credentials.ts')],
  // No called service streams events.
  [/^@smithy\/core\/event-streams$/, EMPTY],
  // Draws query graphs, for planner development.
  [/^ts-graphviz$/, EMPTY],
];

interface Change {
  file: string;
  from: string;
  to: string;
}

/** Code of packages that the bundles omit. */
const CHANGES: Change[] = [
  {
    // Composition has already validated the schema.
    file: '@apollo/subgraph/dist/buildSubgraphSchema.js',
    from: 'buildASTSchema)(subgraph.document)',
    to: 'buildASTSchema)(subgraph.document, { assumeValid: true, assumeValidSDL: true })',
  },
  {
    // Checks for a graphql version that this project does not use, which would keep all of graphql in the bundle.
    file: '@apollo/server/dist/cjs/incrementalDeliveryPolyfill.js',
    from: "__importStar(require('graphql'))",
    to: '({})',
  },
];

/** Packages in CommonJS that import graphql. */
const GRAPHQL_USERS = /node_modules\/@(apollo|as-integrations|graphql-inspector|graphql-tools)\/.*\.js$/;

/**
 * esbuild plugin that omits unused package code, for faster cold starts. The AWS SDK and graphql are bundled as ES modules, whose
 * unused exports esbuild drops; all other packages are bundled as CommonJS.
 */
export const leanModules: Plugin = {
  name: 'lean-modules',
  setup: ({ onResolve, onLoad }) => {
    for (const [filter, path] of REPLACED) onResolve({ filter }, () => ({ path }));
    onResolve({ filter: /^@(aws-sdk|smithy)\/[\w-]+$/ }, ({ path, importer }) => esModule(path, importer));
    onResolve({ filter: /^graphql(\/|$)/ }, ({ path }) => ({ path: graphqlModule(path), sideEffects: false }));
    onResolve({ filter: /^(node:)?crypto$/ }, ({ kind }) => ({
      path: kind === 'require-call' ? 'required' : 'imported',
      namespace: LAZY_CRYPTO,
      sideEffects: false,
    }));
    onLoad({ filter: /./, namespace: LAZY_CRYPTO }, ({ path }) => ({
      contents: path === 'required' ? REQUIRED_CRYPTO : importedCrypto(),
    }));
    onLoad({ filter: GRAPHQL_USERS }, ({ path }) => ({ contents: importingGraphql(changed(path)) }));
  },
};

const LAZY_CRYPTO = 'lazy-crypto';

/** Loads Node's crypto on first use: it takes a tenth of a cold start, and rejected requests do not need it. */
const LAZY_MODULE = "new Proxy({}, { get: (_, name) => process.getBuiltinModule('node:crypto')[name] })";
const REQUIRED_CRYPTO = `module.exports = ${LAZY_MODULE};`;

/** The same as an ES module, so that esbuild drops unused exports. It exports functions only: a class could not be loaded later. */
function importedCrypto(): string {
  const functions = Object.entries(crypto).filter(
    ([name, value]) => typeof value === 'function' && /^[a-z]/.test(name),
  );
  return [
    `const lazy = /* @__PURE__ */ ${LAZY_MODULE};`,
    'export default lazy;',
    ...functions.map(([name]) => `export const ${name} = (...given) => lazy.${name}(...given);`),
  ].join('\n');
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

/** `require` calls of graphql would bundle all of its modules, each wrapped in a function. */
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

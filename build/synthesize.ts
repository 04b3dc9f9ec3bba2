import { resolve } from 'node:path';
import { App } from 'aws-cdk-lib';
import { optionalEnv } from '#platform/env.ts';
import { ConfigurationRefused } from '../infra/checked-config.ts';
import { graphApp } from '../infra/graph-app.ts';
import { studioContext } from '../infra/studio-context.ts';
import { cdkContext } from './discover.ts';

const [directory = '', root = '', stage] = process.argv.slice(2);

/**
 * Synthesizes the cloud assembly for the local run, whose functions run straight from the build: assets are not copied.
 * Usage: `node build/synthesize.ts DIRECTORY ROOT [STAGE]`. A process of its own, as modules are loaded once and the code may have changed.
 */
const app = new App({
  outdir: resolve(directory),
  context: {
    ...cdkContext(resolve(root)),
    // Without a key there would be nobody to report to.
    ...(optionalEnv('APOLLO_KEY') && studioContext()),
    ...(stage && { stage }),
    'aws:cdk:disable-asset-staging': true,
    'aws:cdk:enable-asset-metadata': true,
  },
});
try {
  (await graphApp(app)).synth();
} catch (error) {
  // What is wrong with a configuration is told in words; anything else with the place in the code.
  const isTold = error instanceof ConfigurationRefused;
  process.stderr.write(`${isTold ? error.message : (error as Error).stack}\n`);
  process.exitCode = 1;
}

import { resolve } from 'node:path';
import { App } from 'aws-cdk-lib';
import { optionalEnv } from '#platform/env.ts';
import { graphApp } from '../infra/graph-app.ts';
import { studioContext } from '../infra/studio-context.ts';
import { InvalidConfiguration } from '../infra/validate-config.ts';
import { cdkContext } from './discover.ts';

const [directory = '', root = '', stage] = process.argv.slice(2);

/**
 * Synthesizes the cloud assembly for the local run: `node build/synthesize.ts DIRECTORY ROOT [STAGE]`. Assets are not copied, as
 * functions run from the build folder. Runs in its own process, because Node caches modules and the code may have changed.
 */
const app = new App({
  outdir: resolve(directory),
  context: {
    ...cdkContext(resolve(root)),
    // Usage reporting needs a key.
    ...(optionalEnv('APOLLO_KEY') && studioContext()),
    ...(stage && { stage }),
    'aws:cdk:disable-asset-staging': true,
    'aws:cdk:enable-asset-metadata': true,
    // Both as the CDK CLI sets them, so that it finds no difference in an unchanged stack of the local run.
    'aws:cdk:enable-path-metadata': true,
    'aws:cdk:version-reporting': true,
  },
});
try {
  (await graphApp(app)).synth();
} catch (error) {
  const hasUserMessage = error instanceof InvalidConfiguration;
  process.stderr.write(`${hasUserMessage ? error.message : (error as Error).stack}\n`);
  process.exitCode = 1;
}

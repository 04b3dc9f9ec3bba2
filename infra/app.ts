import { App } from 'aws-cdk-lib';
import { checkAtSynth } from './checks.ts';
import { graphApp } from './graph-app.ts';
import { studioContext } from './studio-context.ts';

const app = await graphApp(new App({ context: studioContext() }));
checkAtSynth(app);
app.synth();

import { App } from 'aws-cdk-lib';
import { graphApp } from './graph-app.ts';
import { studioContext } from './studio-context.ts';
import { checkAtSynth } from './synth-checks.ts';

const app = await graphApp(new App({ context: studioContext() }));
checkAtSynth(app);
app.synth();

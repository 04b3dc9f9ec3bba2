import { checkAtSynth } from './checks.ts';
import { graphApp } from './graph-app.ts';

const app = await graphApp();
checkAtSynth(app);
app.synth();

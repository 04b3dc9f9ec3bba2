import { buildAll } from '../build/build.ts';
import { fail } from './arguments.ts';

await buildAll().catch(fail);

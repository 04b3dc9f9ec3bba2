import { join } from 'node:path';
import { ROOT } from '../build/discover.ts';

/** Root of the graph that the tests of the system run on, so that they need no service of the project. */
export const LIBRARY = join(ROOT, 'test', 'graph');
/** First part of the names of the library's functions and tables in the stage `dev`. */
export const PREFIX = 'library-dev-';

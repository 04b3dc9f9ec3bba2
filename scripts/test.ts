import { run } from 'jest';

const HELP = `Usage: npm test -- [PATH …] [options]

Builds and runs the tests, or those of the paths.

  --long     more of the cases that are generated or run at once: half an hour instead of minutes
  --seed N   the generated cases of an earlier run, which prints its seed
  --help     show this; npx jest --help shows the other options
`;

const given = process.argv.slice(2);
if (given.includes('--help')) process.stdout.write(HELP);
else await run(given.flatMap((each) => (each === '--long' ? ['--globals', '{"isLong":true}'] : [each])));

import { run } from 'jest';

const HELP = `Usage: npm test -- [PATH …] [options]

Builds, then runs all tests or those of the paths.

  --long     more generated and concurrent cases: half an hour instead of minutes
  --seed N   repeat the generated cases of an earlier run, which prints its seed
  --help     show this; npx jest --help shows the other options
`;

const args = process.argv.slice(2);
if (args.includes('--help')) process.stdout.write(HELP);
else {
  // As jest's own command does: libraries behave otherwise in production.
  process.env.NODE_ENV ??= 'test';
  await run(args.flatMap((each) => (each === '--long' ? ['--globals', '{"isLong":true}'] : [each])));
}

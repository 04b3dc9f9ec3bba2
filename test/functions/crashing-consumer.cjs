/**
 * Stands in for a consumer: hands each event to the real one, whose bundle CONSUMER_BUNDLE names, but dies over some of them,
 * before or after the real one has done its work. Which, the event's id decides; each once, which a file in CRASHES remembers.
 */
const { existsSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { handler } = require(process.env.CONSUMER_BUNDLE);

/** By the last hexadecimal digit of an event's id. */
const FATES = { before: '01', after: '23', both: '4' };

exports.handler = async (event, context) => {
  const { id } = event.detail;
  const fate = Object.keys(FATES).find((name) => FATES[name].includes(id.at(-1)));
  if (fate === 'before' || fate === 'both') dieOnce(`before-${id}`);
  const result = await handler(event, context);
  if (fate === 'after' || fate === 'both') dieOnce(`after-${id}`);
  return result;
};

function dieOnce(crash) {
  const file = join(process.env.CRASHES, `${process.env.AWS_LAMBDA_FUNCTION_NAME}-${crash}`);
  if (existsSync(file)) return;
  writeFileSync(file, '');
  process.exit(1);
}

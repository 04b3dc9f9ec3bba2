/**
 * Wraps the consumer in CONSUMER_BUNDLE: crashes before or after it handles some events, chosen by event id, once each. A file in
 * the folder CRASHES records each crash.
 */
const { existsSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { handler } = require(process.env.CONSUMER_BUNDLE);

/** Last hexadecimal digits of event ids, by when the consumer crashes. */
const CRASH_DIGITS = { before: '01', after: '23', both: '4' };

exports.handler = async (event, context) => {
  const { id } = event.detail;
  const when = Object.keys(CRASH_DIGITS).find((name) => CRASH_DIGITS[name].includes(id.at(-1)));
  if (when === 'before' || when === 'both') crashOnce(`before-${id}`);
  const result = await handler(event, context);
  if (when === 'after' || when === 'both') crashOnce(`after-${id}`);
  return result;
};

function crashOnce(crash) {
  const file = join(process.env.CRASHES, `${process.env.AWS_LAMBDA_FUNCTION_NAME}-${crash}`);
  if (existsSync(file)) return;
  writeFileSync(file, '');
  process.exit(1);
}

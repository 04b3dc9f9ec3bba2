/** Lambda function whose first load fails. */
const { existsSync, writeFileSync } = require('node:fs');

const { MARKER = '' } = process.env;
if (!existsSync(MARKER)) {
  writeFileSync(MARKER, '');
  throw new Error('first load');
}

exports.handler = async () => 'loaded';

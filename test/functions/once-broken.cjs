/** A Lambda that loads at the second attempt only. */
const { existsSync, writeFileSync } = require('node:fs');

const { MARKER = '' } = process.env;
if (!existsSync(MARKER)) {
  writeFileSync(MARKER, '');
  throw new Error('not this time');
}

exports.handler = async () => 'loaded';

/** Lambda function whose load takes a minute; with MARKER, only the first one. */
const { existsSync, writeFileSync } = require('node:fs');

const { MARKER } = process.env;
const isFirst = !MARKER || !existsSync(MARKER);
if (MARKER) writeFileSync(MARKER, '');
process.stdout.write('loading\n');
const until = Date.now() + (isFirst ? 60_000 : 0);
while (Date.now() < until);

exports.handler = async () => 'loaded';

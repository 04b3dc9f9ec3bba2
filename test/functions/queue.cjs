const { existsSync } = require('node:fs');

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/**
 * Handles the messages of a queue one after the other, and logs each: `fails` in a body reports a failure, `throws` fails the
 * batch, and `waitsFor` is a file without which it does not go on.
 */
exports.handle = async ({ Records }) => {
  const batchItemFailures = [];
  for (const { messageId, body, attributes } of Records) {
    const { name, fails, throws, waitsFor } = JSON.parse(body);
    console.log(`begins ${name}`);
    while (waitsFor && !existsSync(waitsFor)) await pause(5);
    if (throws) throw new Error(`${name} failed`);
    if (fails) batchItemFailures.push({ itemIdentifier: messageId });
    console.log(
      `${fails ? 'fails' : 'handles'} ${name} receive ${attributes.ApproximateReceiveCount} of ${Records.length}`,
    );
  }
  return { batchItemFailures };
};

exports.echo = async (event) => {
  console.log(JSON.stringify(event));
};

/** Reports a message that is not in the batch. */
exports.unknownFailure = async ({ Records }) => {
  console.log(`got ${Records[0].body} receive ${Records[0].attributes.ApproximateReceiveCount}`);
  return { batchItemFailures: [{ itemIdentifier: 'another' }] };
};

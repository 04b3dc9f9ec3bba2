const { default: Sequencer } = require('@jest/test-sequencer');

/** Path fragments of slow test files, which start first so that the workers finish together. Jest has no durations on its first run. */
const LONG = [
  '/adopt.test',
  '/cdk-deployment.test',
  '/memory.test',
  // The load of 200 clients beside a test of one process.
  '/soak.test',
  '/web-client.test',
  '/add-a-subgraph.test',
  '/test/subscriptions.test',
  '/sample/test/',
  '/subscription-load.test',
  '/start.test',
  '/infra/',
  '/differential.test',
  '/dynamodb-restart.test',
  '/interrupted-deployment.test',
  '/new-consumer.test',
  '/explorer',
  '/canary.test',
  '/cost/measure.test',
  '/requests.test',
  '/websocket-api.test',
  '/attacks.test',
  '/local/aws/messaging.test',
  '/request-pipeline.test',
];

module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    const rank = ({ path }) => {
      const index = LONG.findIndex((part) => path.includes(part));
      return index < 0 ? LONG.length : index;
    };
    return [...super.sort(tests)].sort((a, b) => rank(a) - rank(b));
  }
};

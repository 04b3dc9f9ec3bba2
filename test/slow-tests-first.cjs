const { default: Sequencer } = require('@jest/test-sequencer');

/** Path fragments of slow test files, which start first so that the workers finish together. Jest has no durations on its first run. */
const LONG = [
  '/cdk-deployment.test',
  '/add-a-subgraph.test',
  '/soak.test',
  '/cdk-deployment.test',
  '/memory.test',
  '/start.test',
  '/sample/test/',
  '/attacks.test',
  '/differential.test',
  '/explorer.test',
  '/infra/infra.test',
  '/dynamodb-restart.test',
  '/new-consumer.test',
  '/local/aws/messaging.test',
  '/infra/events.test',
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

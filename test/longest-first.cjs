const { default: Sequencer } = require('@jest/test-sequencer');

/** Parts of the paths of slow tests, which run first so that quick ones fill the gaps. Jest's own record of durations is empty at first. */
const LONG = [
  '/add-a-subgraph.test',
  '/soak.test',
  '/memory.test',
  '/start.test',
  '/sample/test/',
  '/attacks.test',
  '/differential.test',
  '/explorer.test',
  '/infra/infra.test',
  '/known-operations.test',
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

const { default: Sequencer } = require('@jest/test-sequencer');

/** Parts of the paths of tests that take long. They begin first, on a machine too that has never run them: the short ones fill the gaps. */
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
      const place = LONG.findIndex((part) => path.includes(part));
      return place < 0 ? LONG.length : place;
    };
    return [...super.sort(tests)].sort((a, b) => rank(a) - rank(b));
  }
};

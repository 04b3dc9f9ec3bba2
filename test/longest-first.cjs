const { default: Sequencer } = require('@jest/test-sequencer');

/** Parts of the paths of tests that take long. They begin first, on a machine too that has never run them: the short ones fill the gaps. */
const LONG = [
  '/add-a-subgraph.test',
  '/soak.test',
  '/memory.test',
  '/start.test',
  '/attacks.test',
  '/differential.test',
  '/explorer.test',
  '/infra/infra.test',
  '/known-operations.test',
];

const OF_A_GRAPH = /[\\/](graph|sample)[\\/]test[\\/]/;

module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    const rank = ({ path }) => {
      // Tests of a graph are of more than one service.
      if (OF_A_GRAPH.test(path)) return 0;
      const place = LONG.findIndex((part) => path.includes(part));
      return place < 0 ? LONG.length : place;
    };
    return [...super.sort(tests)].sort((a, b) => rank(a) - rank(b));
  }
};

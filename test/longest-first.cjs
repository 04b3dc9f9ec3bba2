const { default: Sequencer } = require('@jest/test-sequencer');

/** What takes long begins first, on a machine too that has never run it: then the short ones fill what is left of each worker. */
const LONG = [
  'add-a-subgraph',
  'soak',
  'memory',
  'start',
  'attacks',
  'differential',
  'explorer',
  'infra/infra',
  'known-operations',
];

const OF_A_GRAPH = /[\\/](graph|sample)[\\/]test[\\/]/;

module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    const rank = ({ path }) => {
      // Tests of a graph are of more than one service.
      if (OF_A_GRAPH.test(path)) return 0;
      const place = LONG.findIndex((name) => path.endsWith(`/${name}.test.ts`) && !path.includes('/subgraphs/'));
      return place < 0 ? LONG.length : place;
    };
    return [...super.sort(tests)].sort((a, b) => rank(a) - rank(b));
  }
};

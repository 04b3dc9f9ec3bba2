const { default: Sequencer } = require('@jest/test-sequencer');

/** What takes long begins first, on a machine too that has never run it: then the short ones fill what is left of each worker. */
const LONG = [
  'add-a-subgraph',
  'soak',
  'memory',
  'start',
  'bookings',
  'web-client',
  'attacks',
  'stays',
  'differential',
  'explorer',
  'infra/infra',
  'journeys',
  'known-operations',
];

module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    const rank = ({ path }) => {
      const place = LONG.findIndex((name) => path.endsWith(`/${name}.test.ts`) && !path.includes('/subgraphs/'));
      return place < 0 ? LONG.length : place;
    };
    return [...super.sort(tests)].sort((a, b) => rank(a) - rank(b));
  }
};

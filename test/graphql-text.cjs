/** Jest transform: exports an SDL file as text, as the bundler does. */
module.exports = {
  process: (text) => ({ code: `module.exports = ${JSON.stringify({ __esModule: true, default: text })};` }),
};

/** Ends a test run with one line that says how it went, after everything that other reporters print. */
module.exports = class ClosingLine {
  onRunComplete(_, { numPassedTests, numFailedTests, numRuntimeErrorTestSuites, numPendingTests }) {
    const failed = numFailedTests + numRuntimeErrorTestSuites;
    const skipped = numPendingTests > 0 ? `, ${numPendingTests} skipped` : '';
    process.once('exit', () => process.stdout.write(`${numPassedTests} passed, ${failed} failed${skipped}\n`));
  }
};

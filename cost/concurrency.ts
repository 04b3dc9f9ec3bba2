/** Returns the mean number of busy environments: Little's law, L = λ·W. */
export function meanConcurrency(perSecond: number, seconds: number): number {
  return perSecond * seconds;
}

/**
 * Returns the number of environments that is enough for a share of the time, if requests arrive independently of each other:
 * in a system that starts a server for each request (M/G/∞), the number of busy servers is Poisson-distributed with Little's
 * mean, whatever the distribution of durations, https://en.wikipedia.org/wiki/M/G/%E2%88%9E_queue
 */
export function concurrencyFor(share: number, mean: number): number {
  let count = 0;
  // In logarithms: e^-mean underflows from about 745.
  let logTerm = -mean;
  let sum = Math.exp(logTerm);
  while (sum < share && count < mean * 2 + 100) {
    count += 1;
    logTerm += Math.log(mean / count);
    sum += Math.exp(logTerm);
  }
  return count;
}

/** Figures of an invocation: times in milliseconds, memory in MB. */
interface Figures {
  id: string;
  duration: number;
  initDuration: number;
  memory: number;
  peak: number | undefined;
}

/** Returns the last log line of an invocation, https://docs.aws.amazon.com/lambda/latest/dg/nodejs-logging.html */
export function reportLine({ id, duration, initDuration, memory, peak }: Figures): string {
  const figures = [
    `Duration: ${duration} ms`,
    `Billed Duration: ${Math.ceil(duration + initDuration)} ms`,
    `Memory Size: ${memory} MB`,
  ];
  if (peak) figures.push(`Max Memory Used: ${peak} MB`);
  if (initDuration) figures.push(`Init Duration: ${initDuration.toFixed(2)} ms`);
  return `REPORT RequestId: ${id}\t${figures.join('\t')}`;
}

/** Line of a request in a function's log. */
export interface LogLine {
  functionName: string;
  time: Date;
  level: 'debug' | 'info' | 'warn' | 'error';
  message: string;
  /** The whole line. */
  fields: Record<string, unknown>;
}

const LEVELS: Record<string, LogLine['level']> = { debug: 'debug', warn: 'warn', error: 'error', critical: 'error' };

/** Reads the lines of a request over all functions, in order; throws if the log is not available. */
export async function readLogLines(requestId: string): Promise<LogLine[]> {
  const response = await fetch(`/logs/${encodeURIComponent(requestId)}`);
  if (!response.ok) throw new Error(`The log is not available here (status ${response.status}).`);
  const text = await response.text();
  return text
    .split('\n')
    .filter(Boolean)
    .map((each) => lineFrom(JSON.parse(each)));
}

/** Reads a line of the local system's log; its time is in epoch milliseconds. */
function lineFrom({ functionName, time, line }: { functionName: string; time: number; line: string }): LogLine {
  const fields = fieldsIn(line);
  const { level = 'info', message } = fields;
  return {
    functionName,
    time: new Date(time),
    level: LEVELS[String(level).toLowerCase()] ?? 'info',
    message: typeof message === 'string' ? message : '_aws' in fields ? 'metrics' : line.slice(0, 200),
    fields,
  };
}

function fieldsIn(line: string): Record<string, unknown> {
  try {
    const fields = JSON.parse(line);
    return typeof fields === 'object' && fields !== null ? fields : { line };
  } catch {
    return { line };
  }
}

import { useEffect, useState } from 'react';
import type { Explanation } from '#platform/telemetry/explanation.ts';
import { type LogLine, readLogLines } from './log-lines.ts';

/** How often and how often at most the log is read again: consumers of the request's events run after the answer. */
const INTERVAL_MS = 1_500;
const READS = 6;

/** Lines of the request in the logs of all functions. */
export default function LogPanel({ explanation }: { explanation: Explanation }) {
  const { requestId } = explanation;
  const [lines, setLines] = useState<LogLine[]>();
  const [problem, setProblem] = useState<string>();

  useEffect(() => {
    let reads = 0;
    const read = () => {
      reads++;
      readLogLines(requestId).then(
        (found) => {
          setLines(found);
          setProblem(undefined);
        },
        (error: Error) => setProblem(error.message),
      );
      if (reads === READS) clearInterval(timer);
    };
    const timer = setInterval(read, INTERVAL_MS);
    read();
    return () => clearInterval(timer);
  }, [requestId]);

  if (problem) return <p className="hint error">{problem}</p>;
  if (!lines) return <p className="hint">Reading the log…</p>;
  return (
    <>
      <p className="summary">
        {lines.length} lines of the request <code>{requestId}</code>
      </p>
      {lines.length === 0 && <p className="hint">No function has logged a line for this request.</p>}
      <ol className="log">
        {lines.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the log only grows
          <li key={index} className={line.level}>
            <details>
              <summary>
                <time>{line.time.toISOString().slice(11, 23)}</time>
                <span className="function">{line.functionName}</span>
                <span className="message">{line.message}</span>
              </summary>
              <pre>{JSON.stringify(line.fields, null, 2)}</pre>
            </details>
          </li>
        ))}
      </ol>
    </>
  );
}

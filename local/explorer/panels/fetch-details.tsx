import { parse, print } from 'graphql';
import type { ExplainedCall, ExplainedFetch } from '#platform/telemetry/explanation.ts';
import { ServiceName } from '../service-name.tsx';
import { bytes, counted, duration } from './format.ts';

/** Characters of variables that are shown. */
const MAX_SHOWN = 4_000;

/** Operation, entities and result of one fetch. */
export function FetchDetails({ fetch, call }: { fetch: ExplainedFetch; call: ExplainedCall | undefined }) {
  return (
    <section className="details" aria-label={`Fetch from ${fetch.service}`}>
      <h3>
        <ServiceName name={fetch.service} /> {fetch.path && <code>{fetch.path}</code>}
      </h3>
      <dl className="facts">
        {factsOf(fetch, call).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {fetch.requires && <Code title="Entities by" text={fetch.requires} />}
      <Code title={call ? 'Operation sent' : 'Operation'} text={formatted(call?.query ?? fetch.operation)} />
      {call && Object.keys(call.variables).length > 0 && (
        <Code title="Variables sent" text={clipped(JSON.stringify(call.variables, null, 2))} />
      )}
    </section>
  );
}

function factsOf(fetch: ExplainedFetch, call: ExplainedCall | undefined): [string, string][] {
  if (!call) return fetch.variables.length > 0 ? [['Client variables', fetch.variables.join(', ')]] : [];
  const { began, ended, entities, error, fetches, requestBytes, responseBytes } = call;
  return [
    ['Time', duration(ended - began)],
    ...(entities === undefined ? [] : [['Returned', counted(entities, 'entity', 'entities')] as [string, string]]),
    ['Sent', bytes(requestBytes)],
    ['Received', bytes(responseBytes)],
    ...(fetches.length > 1 ? [['Call serves', counted(fetches.length, 'fetch', 'fetches')] as [string, string]] : []),
    ...(error ? [['Error', error] as [string, string]] : []),
  ];
}

/** Titled, scrollable code. */
function Code({ title, text }: { title: string; text: string }) {
  return (
    <figure className="code">
      <figcaption>{title}</figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region needs the keyboard */}
      <pre tabIndex={0}>{text}</pre>
    </figure>
  );
}

function formatted(operation: string): string {
  try {
    return print(parse(operation));
  } catch {
    return operation;
  }
}

function clipped(text: string): string {
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}\n… ${text.length - MAX_SHOWN} more characters` : text;
}

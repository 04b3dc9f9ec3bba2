import { useExecutionContext } from '@graphiql/react';
import { type ComponentType, lazy, Suspense, useState } from 'react';
import type { Explanation } from '#platform/telemetry/explanation.ts';
import { Failure } from '../failure.tsx';
import { useShortcuts } from '../shortcuts/use-shortcuts.ts';
import { type Run, useRun } from './run-store.ts';
import { useExplorer, useRunner } from './use-runner.ts';

interface PanelProps {
  explanation: Explanation;
  run: Run;
}

interface Panel {
  name: string;
  content: ComponentType<PanelProps>;
  /** Whether it also shows a request that has only been planned. */
  showsPlanned?: boolean;
}

const PANELS: Panel[] = [
  { name: 'Plan', content: lazy(() => import('../panels/plan-panel.tsx')), showsPlanned: true },
  { name: 'Time', content: lazy(() => import('../panels/time-panel.tsx')) },
  { name: 'Cost', content: lazy(() => import('../panels/cost-panel.tsx')), showsPlanned: true },
  { name: 'Log', content: lazy(() => import('../panels/log-panel.tsx')) },
];

const STORAGE_KEY = 'explorer:panel';

/** Panels below the answer: plan, time, cost and log of the tab's last request. */
export function RunPanels() {
  const { runs } = useExplorer();
  const { tab, isBusy, runCold, planOnly } = useRunner();
  const { isFetching } = useExecutionContext({ nonNull: true });
  const run = useRun(runs, tab);
  const [name, setName] = useState(() => sessionStorage.getItem(STORAGE_KEY) ?? '');
  const [isLarge, setLarge] = useState(false);
  const panel = PANELS.find((each) => each.name === name);

  function open(next: string) {
    setName(next);
    if (!next) setLarge(false);
    sessionStorage.setItem(STORAGE_KEY, next);
  }
  useShortcuts({
    '0': () => open(''),
    ...Object.fromEntries(PANELS.map((each, index) => [`${index + 1}`, () => open(each.name)])),
    c: runCold,
    e: planOnly,
    l: () => panel && setLarge(!isLarge),
  });

  return (
    <div className={`run-panels ${panel ? 'open' : ''} ${isLarge ? 'large' : ''}`}>
      <div className="strip">
        <div role="tablist" aria-label="Explanation of the request">
          {PANELS.map((each, index) => (
            <button
              key={each.name}
              type="button"
              role="tab"
              id={`panel-tab-${each.name}`}
              aria-selected={each === panel}
              aria-controls="panel"
              title={`Alt+${index + 1}`}
              onClick={() => open(each === panel ? '' : each.name)}
            >
              {each.name}
            </button>
          ))}
        </div>
        <button type="button" onClick={planOnly} disabled={isBusy} title="Plan and estimate without running (Alt+E)">
          Estimate
        </button>
        <button
          type="button"
          onClick={runCold}
          disabled={isBusy || isFetching}
          title="Replace all execution environments, then run (Alt+C)"
        >
          Run cold
        </button>
        {panel && (
          <button type="button" aria-pressed={isLarge} onClick={() => setLarge(!isLarge)} title="Alt+L">
            {isLarge ? 'Smaller' : 'Larger'}
          </button>
        )}
      </div>
      {panel && (
        <div
          className="panel"
          id="panel"
          role="tabpanel"
          aria-labelledby={`panel-tab-${panel.name}`}
          aria-busy={isBusy || isFetching}
        >
          <Failure key={`${tab} ${panel.name}`}>
            <Suspense fallback={<p className="hint">Loading…</p>}>
              <PanelContent panel={panel} run={run} isBusy={isBusy || isFetching} />
            </Suspense>
          </Failure>
        </div>
      )}
    </div>
  );
}

function PanelContent({ panel, run, isBusy }: { panel: Panel; run: Run; isBusy: boolean }) {
  const { explanation, hasRun, problem } = run;
  const subject = panel.name.toLowerCase();
  if (explanation && (hasRun || panel.showsPlanned)) return <panel.content explanation={explanation} run={run} />;
  if (isBusy) return <p className="hint">Waiting for the answer…</p>;
  if (problem) return <p className="hint error">{problem}</p>;
  return (
    <p className="hint">
      Run {explanation ? 'the' : 'an'} operation to see its {subject}.
    </p>
  );
}

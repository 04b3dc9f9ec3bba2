import { useMemo, useState } from 'react';
import type { Explanation } from '#platform/telemetry/explanation.ts';
import Picture from '../picture/picture.tsx';
import { FetchDetails } from './fetch-details.tsx';
import { callOf, planPicture } from './plan-boxes.tsx';

const ORIGINS: Record<Explanation['operation']['plan'], string> = {
  precompiled: 'Compiled by the build',
  cached: 'Planned before, from memory',
  planned: 'Planned for this request',
};

/** Picture of the plan's fetches; a click on one shows its operation and entities. */
export default function PlanPanel({ explanation }: { explanation: Explanation }) {
  const [selected, setSelected] = useState<string>();
  const { boxes, arrows } = useMemo(() => planPicture(explanation), [explanation]);
  const { plan, calls, operation } = explanation;
  const fetch = plan[Number(selected)];
  return (
    <>
      <p className="summary">
        {ORIGINS[operation.plan]} · {plan.length} fetches in {calls.length || plan.length} calls
        {operation.cost && ` · cost ${operation.cost.estimate} of ${operation.cost.limit}`}
        {!fetch && <span className="tip">Select a fetch to see its operation and entities.</span>}
      </p>
      <div className="split">
        <Picture label="Query plan" boxes={boxes} arrows={arrows} selected={selected} onSelect={setSelected} />
        {fetch && <FetchDetails fetch={fetch} call={callOf(calls, Number(selected))} />}
      </div>
    </>
  );
}

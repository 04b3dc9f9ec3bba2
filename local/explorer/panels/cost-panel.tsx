import { use } from 'react';
import type { Explanation } from '#platform/telemetry/explanation.ts';
import { addUp, type CostLine, total } from '../../../cost/cost.ts';
import { costOf } from '../../../cost/request-cost.ts';
import { UNMEASURED_RUN } from '../run/estimated-run.ts';
import type { Run } from '../run/run-store.ts';
import { assumptionsOf, Facts } from './cost-facts.ts';
import { CostTable } from './cost-table.tsx';
import { dollars } from './format.ts';

const MILLION = 1_000_000;

/** Cost of the request on AWS: as estimated from its plan, and as measured. */
export default function CostPanel({ explanation, run }: { explanation: Explanation; run: Run }) {
  const facts = use(Facts);
  const { prices } = facts;
  const perMillion = (of: Explanation) =>
    addUp([{ lines: costOf(of, run.sizes, facts), factor: MILLION }]).sort((a, b) => b.dollars - a.dollars);
  const estimate = run.estimated && perMillion(run.estimated);
  const actual = run.hasRun ? perMillion(explanation) : undefined;
  const lines = actual ?? estimate ?? [];
  const assumptions = assumptionsOf(lines, facts);
  if (!actual)
    assumptions.push(`${UNMEASURED_RUN} ms and one item read by each subgraph that this page has not called yet`);
  return (
    <>
      <div className="totals">
        {estimate && <Total label="Estimated" lines={estimate} />}
        {actual && <Total label="Actual" lines={actual} />}
        <p className="quiet">
          for a million requests, in {prices.region}, at AWS's public prices of {prices.date} without free allowances
        </p>
      </div>
      <CostTable lines={lines} facts={facts} />
      <p className="summary">Assumed: {assumptions.join(', ')}.</p>
    </>
  );
}

function Total({ label, lines }: { label: string; lines: CostLine[] }) {
  return (
    <p className="total">
      <span>{label}</span> <strong>{dollars(total(lines))}</strong>
    </p>
  );
}

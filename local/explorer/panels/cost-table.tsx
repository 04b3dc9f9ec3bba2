import type { CSSProperties } from 'react';
import { type CostLine, GB, PARTS, type Part, total } from '../../../cost/cost.ts';
import type { SystemFacts } from '../../../cost/facts.ts';
import { bytes, dollars } from './format.ts';

const TITLES: Record<Part, string> = {
  'function requests': 'Lambda requests',
  compute: 'Lambda compute',
  door: 'Door',
  reads: 'DynamoDB reads',
  writes: 'DynamoDB writes',
  events: 'Events',
  logs: 'Logs',
};
const MILLION = 1_000_000;

/** Cost of a million requests by part, function and table; each line with its quantity in one request. */
export function CostTable({ lines, facts }: { lines: CostLine[]; facts: SystemFacts }) {
  const sum = total(lines);
  const parts = PARTS.map((part) => ({ part, of: lines.filter((line) => line.part === part) })).filter(
    ({ of }) => total(of) > 0,
  );
  return (
    <div className="scroll">
      <table className="costs">
        <thead>
          <tr>
            <th scope="col">Part</th>
            <th scope="col">One request</th>
            <th scope="col">A million</th>
            <th scope="col">Share</th>
          </tr>
        </thead>
        {parts.map(({ part, of }) => (
          <tbody key={part}>
            <tr className="part">
              <th scope="row" colSpan={2}>
                {TITLES[part]}
              </th>
              <td>{dollars(total(of))}</td>
              <td>
                <Share of={total(of) / sum} />
              </td>
            </tr>
            {of.map(({ name, price, quantity, dollars: amount }) => (
              <tr key={`${name} ${price}`}>
                <th scope="row">{name}</th>
                <td>
                  <a href={facts.prices.prices[price].source} target="_blank" rel="noreferrer">
                    {quantityOf(quantity / MILLION, facts.prices.prices[price].unit)}
                  </a>
                </td>
                <td>{dollars(amount)}</td>
                <td>
                  <Share of={amount / sum} />
                </td>
              </tr>
            ))}
          </tbody>
        ))}
      </table>
    </div>
  );
}

function Share({ of }: { of: number }) {
  return (
    <span className="share" style={{ '--share': `${100 * of}%` } as CSSProperties}>
      {(100 * of).toFixed(of < 0.1 ? 1 : 0)}%
    </span>
  );
}

/** `1 request`, `0.5 read request units`, `1.6 KB` */
function quantityOf(quantity: number, unit: string): string {
  if (unit === 'GB') return bytes(Math.round(quantity * GB));
  const number = quantity.toLocaleString('en', { maximumSignificantDigits: 3 });
  return `${number} ${number === '1' ? unit : `${unit}s`}`;
}

import { count, money, monthOf } from '../ui/format.ts';
import type { Dashboard } from './dashboard.ts';

/** Lists the last months with their revenue, and a bar for their nights. */
export function Months({ months }: { months: Dashboard['months'] }) {
  const most = Math.max(1, ...months.map(({ nights }) => nights));
  return (
    <section aria-labelledby="months">
      <h2 id="months">Month by month</h2>
      <ul className="months">
        {months.map(({ month, nights, revenue }) => (
          <li key={month}>
            <span>{monthOf(month)}</span>
            <span className="bar" style={{ inlineSize: `${(nights / most) * 100}%` }} aria-hidden="true" />
            <span>
              {count(nights, 'night')} · {money(revenue)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

import { type FormEvent, useId } from 'react';
import { ROOM_TYPES } from '../ui/format.ts';
import { go } from '../ui/location.tsx';
import { addressOf, BOROUGHS, SORTS } from './search.ts';

/** The form of the search. It says what the address says. */
export function Filters({ search }: { search: URLSearchParams }) {
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    go(addressOf(event.currentTarget));
  }
  return (
    <search aria-label="Stays">
      <form className="filters" onSubmit={submit} key={search.toString()}>
        <Choice
          name="borough"
          label="Borough"
          any="All boroughs"
          options={BOROUGHS.map((name) => [name, name])}
          {...{ search }}
        />
        <Choice name="room" label="Room" any="All rooms" options={Object.entries(ROOM_TYPES)} {...{ search }} />
        <Price name="from" label="From $ a night" {...{ search }} />
        <Price name="to" label="To $ a night" {...{ search }} />
        <Choice name="sort" label="Order" options={Object.entries(SORTS)} {...{ search }} />
        <button type="submit" className="primary">
          Search
        </button>
      </form>
    </search>
  );
}

interface FieldProps {
  name: string;
  label: string;
  search: URLSearchParams;
}

/** A choice searches at once. */
function Choice({ name, label, any, options, search }: FieldProps & { any?: string; options: [string, string][] }) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        name={name}
        defaultValue={search.get(name) ?? undefined}
        onChange={({ target }) => target.form?.requestSubmit()}
      >
        {any && <option value="">{any}</option>}
        {options.map(([value, words]) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </select>
    </div>
  );
}

function Price({ name, label, search }: FieldProps) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        name={name}
        type="number"
        min="0"
        max="999999"
        step="1"
        placeholder="Any"
        defaultValue={search.get(name) ?? ''}
      />
    </div>
  );
}

import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import { Field, useFocusOnProblem } from '../ui/field.tsx';
import { ROOM_TYPES } from '../ui/format.ts';
import { navigate } from '../ui/location.tsx';
import { BOROUGHS, type PriceProblems, priceProblems, SORTS, searchIn, searchPath } from './search.ts';

/** Search form. Follows the URL, and keeps the focus when it changes. */
export function Filters({ search }: { search: URLSearchParams }) {
  const form = useRef<HTMLFormElement>(null);
  const [attempt, setAttempt] = useState<PriceProblems>();
  const problems = attempt ?? priceProblems(search);
  const address = search.toString();
  useFocusOnProblem(form, attempt);
  useEffect(() => {
    setAttempt(undefined);
    if (form.current) fill(form.current, new URLSearchParams(address));
  }, [address]);

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const requested = searchIn(event.currentTarget);
    const found = priceProblems(requested);
    if (found.from || found.to) setAttempt(found);
    else navigate(searchPath(requested));
  }
  return (
    <search aria-label="Stays">
      <form ref={form} className="filters" onSubmit={submit} noValidate>
        <Choice
          name="borough"
          label="Borough"
          any="All boroughs"
          options={BOROUGHS.map((name) => [name, name])}
          {...{ search }}
        />
        <Choice name="room" label="Room" any="All rooms" options={Object.entries(ROOM_TYPES)} {...{ search }} />
        <Price name="from" label="From $ a night" problem={problems.from} {...{ search }} />
        <Price name="to" label="To $ a night" problem={problems.to} {...{ search }} />
        <Choice name="sort" label="Order" options={Object.entries(SORTS)} {...{ search }} />
        <button type="submit" className="primary">
          Search
        </button>
      </form>
    </search>
  );
}

function fill(form: HTMLFormElement, search: URLSearchParams): void {
  for (const control of form.elements) {
    if (control instanceof HTMLInputElement) control.value = search.get(control.name) ?? '';
    if (control instanceof HTMLSelectElement)
      control.value = search.get(control.name) ?? control.options[0]?.value ?? '';
  }
}

interface FieldProps {
  name: string;
  label: string;
  search: URLSearchParams;
}

/** A select that submits the form on change. */
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
        {options.map(([value, label]) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
    </div>
  );
}

function Price({ name, label, search, problem }: FieldProps & { problem: string | undefined }) {
  return (
    <Field label={label} problem={problem}>
      {(control) => (
        <input
          {...control}
          name={name}
          inputMode="numeric"
          autoComplete="off"
          placeholder="Any"
          defaultValue={search.get(name) ?? ''}
        />
      )}
    </Field>
  );
}

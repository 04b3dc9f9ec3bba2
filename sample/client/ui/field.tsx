import { type ReactNode, type RefObject, useEffect, useId } from 'react';

/** What ties a control to its label and to the problem with its value. */
export interface ControlProps {
  id: string;
  'aria-invalid': boolean;
  'aria-describedby': string | undefined;
}

interface FieldProps {
  label: string;
  /** What is wrong with the value, in words for the reader. */
  problem?: string | undefined;
  children: (control: ControlProps) => ReactNode;
}

/** A control with its label, and below it what is wrong with its value. */
export function Field({ label, problem, children }: FieldProps) {
  const id = useId();
  const problemId = `${id}-problem`;
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children({ id, 'aria-invalid': Boolean(problem), 'aria-describedby': problem ? problemId : undefined })}
      {problem && <FieldProblem id={problemId}>{problem}</FieldProblem>}
    </div>
  );
}

export function FieldProblem({ id, children }: { id: string; children: ReactNode }) {
  return (
    <p id={id} className="field-problem">
      {children}
    </p>
  );
}

/** Moves the focus to the first field with a problem after each attempt that has one: a screen reader then reads the problem. */
export function useFocusOnProblem(form: RefObject<HTMLElement | null>, attempt: unknown): void {
  useEffect(() => {
    if (attempt) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [form, attempt]);
}

import { count } from '../ui/format.ts';

/** The days of a stay as they are chosen: ISO 8601, or empty. */
export interface Days {
  checkIn: string;
  checkOut: string;
}

/** What is wrong with the days, by field. */
export type DayProblems = { [day in keyof Days]?: string };

const DAY_MS = 86_400_000;

/** Checks what can be known without the service, which knows the other rules. */
export function dayProblems({ checkIn, checkOut }: Days, today: string, minimumNights: number): DayProblems {
  if (!checkIn || !checkOut)
    return {
      ...(!checkIn && { checkIn: 'Choose the day of arrival.' }),
      ...(!checkOut && { checkOut: 'Choose the day of departure.' }),
    };
  if (checkIn < today) return { checkIn: 'This day is over: choose a later one.' };
  if (checkOut <= checkIn) return { checkOut: 'You leave before you arrive: choose a later day.' };
  const nights = (Date.parse(checkOut) - Date.parse(checkIn)) / DAY_MS;
  if (nights < minimumNights) return { checkOut: `The shortest stay here is ${count(minimumNights, 'night')}.` };
  return {};
}

/** What the service says is wrong with the days; undefined if it is about something else. */
export function serviceProblems(
  result: { __typename: string; field?: string; message?: string } | null | undefined,
): DayProblems | undefined {
  if (result?.__typename !== 'StayInvalid') return undefined;
  const { field, message = '' } = result;
  return field === 'checkIn' || field === 'checkOut' ? { [field]: message } : undefined;
}

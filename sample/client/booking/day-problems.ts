import { count } from '../ui/format.ts';

/** The chosen dates of a stay: ISO 8601, or empty. */
export interface Days {
  checkIn: string;
  checkOut: string;
}

/** Error messages by field. */
export type DayProblems = { [day in keyof Days]?: string };

const DAY_MS = 86_400_000;

/** Validates dates locally. The service checks the other rules. */
export function dayProblems({ checkIn, checkOut }: Days, today: string, minimumNights: number): DayProblems {
  if (!checkIn || !checkOut)
    return {
      ...(!checkIn && { checkIn: 'Choose an arrival date.' }),
      ...(!checkOut && { checkOut: 'Choose a departure date.' }),
    };
  if (checkIn < today) return { checkIn: 'This date is in the past. Choose a later one.' };
  if (checkOut <= checkIn) return { checkOut: 'The departure date must be after the arrival date.' };
  const nights = (Date.parse(checkOut) - Date.parse(checkIn)) / DAY_MS;
  if (nights < minimumNights) return { checkOut: `The minimum stay here is ${count(minimumNights, 'night')}.` };
  return {};
}

/** Returns the service's error for a date, or undefined if the result is not about dates. */
export function serviceProblems(
  result: { __typename: string; field?: string; message?: string } | null | undefined,
): DayProblems | undefined {
  if (result?.__typename !== 'StayInvalid') return undefined;
  const { field, message = '' } = result;
  return field === 'checkIn' || field === 'checkOut' ? { [field]: message } : undefined;
}

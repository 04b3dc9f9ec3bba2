import { readFileSync } from 'node:fs';

/** Relative frequencies of operations by name. */
export type Weights = Record<string, number>;

/** Reads a mix: JSON with an operation's name and relative frequency per member, such as `{"Books": 90, "Borrow": 10}`. */
export function readMix(file: string, known: readonly string[]): Weights {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new Error(`The mix ${file} cannot be read: name a JSON file such as {"${known[0] ?? 'Operation'}": 90}.`);
  }
  return parseMix(text, file, known);
}

/** Parses a mix; throws an error that names the file, the member and what is allowed. */
export function parseMix(text: string, file: string, known: readonly string[]): Weights {
  let mix: unknown;
  try {
    mix = JSON.parse(text);
  } catch (error) {
    throw new Error(`${file} is not valid JSON: ${error instanceof Error ? error.message : error}`);
  }
  if (typeof mix !== 'object' || mix === null || Array.isArray(mix))
    throw new Error(`${file} must be an object of operation names and numbers, such as {"${known[0]}": 90}.`);
  for (const [name, weight] of Object.entries(mix)) {
    if (!known.includes(name))
      throw new Error(`${file}: "${name}" is not a measured operation: choose from ${known.join(', ')}.`);
    if (typeof weight !== 'number' || !(weight >= 0) || !Number.isFinite(weight))
      throw new Error(
        `${file}: the frequency of "${name}" must be a number, 0 or more, not ${JSON.stringify(weight)}.`,
      );
  }
  if (!Object.values(mix).some((weight) => weight > 0))
    throw new Error(`${file}: at least one operation must have a frequency above 0.`);
  return mix as Weights;
}

/** Returns equal frequencies. */
export function equalMix(names: readonly string[]): Weights {
  return Object.fromEntries(names.map((name) => [name, 1]));
}

import { createInterface } from 'node:readline/promises';

/** Asks for confirmation on the terminal; returns false without one. */
export async function confirmed(question: string): Promise<boolean> {
  if (!process.stdin.isTTY) return false;
  const prompt = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await prompt.question(`\n${question} [y/N] `);
  prompt.close();
  return /^y(es)?$/i.test(answer.trim());
}

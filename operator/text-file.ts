import { createReadStream, statSync } from 'node:fs';

/** Throws a one-line error if the file does not exist or is not UTF-8 text, such as a folder, an image or an archive. */
export async function checkTextFile(file: string): Promise<void> {
  const stats = statSync(file, { throwIfNoEntry: false });
  if (!stats) throw new Error(`There is no file ${file}.`);
  if (stats.isDirectory()) throw new Error(`${file} is a folder: name a file in it.`);
  if (!stats.isFile()) throw new Error(`${file} is not a regular file.`);
  if (stats.size === 0) throw new Error(`${file} is empty.`);
  if (!(await isText(file))) throw new Error(`${file} is a binary file, or not in UTF-8: name a text file.`);
}

async function isText(file: string): Promise<boolean> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
      if (chunk.includes(0)) return false;
      decoder.decode(chunk, { stream: true });
    }
    decoder.decode();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return false;
    throw error;
  }
}

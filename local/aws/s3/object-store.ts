import { hash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzip } from './unzip.ts';

/** An object of the asset bucket. */
export interface StoredObject {
  key: string;
  /** Bytes. */
  size: number;
  modified: Date;
}

/** The asset bucket of deployments, as files; it has flat keys only, as the CDK writes them. */
export class ObjectStore {
  readonly #objects: string;
  readonly #unzipped: string;

  constructor(directory: string) {
    this.#objects = join(directory, 'objects');
    this.#unzipped = join(directory, 'unzipped');
    mkdirSync(this.#objects, { recursive: true });
  }

  /** Stores an object; returns its ETag. A crash leaves the old object or the new one. */
  put(key: string, content: Buffer): string {
    const file = this.#file(key);
    writeFileSync(`${file}~`, content);
    renameSync(`${file}~`, file);
    return hash('md5', content);
  }

  /** Returns an object's content; undefined if there is none. */
  get(key: string): Buffer | undefined {
    const file = this.#file(key);
    return existsSync(file) ? readFileSync(file) : undefined;
  }

  /** Returns the objects whose keys begin with a prefix. */
  list(prefix: string): StoredObject[] {
    return readdirSync(this.#objects)
      .map((name) => decodeURIComponent(name))
      .filter((key) => key.startsWith(prefix) && !key.endsWith('~'))
      .map((key) => {
        const { size, mtimeMs } = statSync(this.#file(key));
        return { key, size, modified: new Date(mtimeMs) };
      });
  }

  /** Returns the folder with the files of a zip archive; throws if there is no such object. */
  folderOf(key: string): string {
    const folder = join(this.#unzipped, encodeURIComponent(key.replace(/\.zip$/, '')));
    if (existsSync(folder)) return folder;
    const archive = this.get(key);
    if (!archive) throw new Error(`The asset ${key} is not in the bucket: publish it first.`);
    rmSync(`${folder}~`, { recursive: true, force: true });
    unzip(archive, `${folder}~`);
    renameSync(`${folder}~`, folder);
    return folder;
  }

  #file(key: string): string {
    return join(this.#objects, encodeURIComponent(key));
  }
}

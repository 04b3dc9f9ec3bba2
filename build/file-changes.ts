import { relative, resolve, sep } from 'node:path';
import { watch } from 'chokidar';

export interface FileChangesOptions {
  /** Absolute path; `folders` and reported paths are relative to it. */
  root: string;
  /** Folders to watch; they need not exist. */
  folders: string[];
  /** Filter of files and folders. Paths have forward slashes on all platforms. */
  includes: (path: string) => boolean;
  /** Called once for the changes of a save or a `git checkout`. */
  onChange: (paths: string[]) => void;
}

/** Milliseconds without a change that end a burst. */
const DEBOUNCE_MS = 50;

/**
 * Watches files that are written, replaced by rename, added, deleted, or moved with their folder, until closed. Node's recursive
 * `fs.watch` loses files on Linux once they are replaced by rename, which is how most editors save.
 */
export async function watchFiles(options: FileChangesOptions): Promise<{ close: () => Promise<void> }> {
  const { root, folders, includes, onChange } = options;
  const changed = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  const pathOf = (file: string) => relative(root, resolve(root, file)).split(sep).join('/');
  const isIgnored = (file: string) => {
    const [top = ''] = pathOf(file).split('/');
    return top !== '' && !folders.includes(top);
  };
  const report = () => {
    const paths = [...changed];
    changed.clear();
    onChange(paths);
  };
  const watcher = watch(root, { ignored: isIgnored, ignoreInitial: true });
  watcher.on('all', (_, file) => {
    const path = pathOf(file);
    if (!includes(path)) return;
    changed.add(path);
    clearTimeout(timer);
    timer = setTimeout(report, DEBOUNCE_MS);
  });
  await new Promise<void>((ready, failed) => watcher.once('ready', ready).once('error', failed));
  const close = () => {
    clearTimeout(timer);
    return watcher.close();
  };
  return { close };
}

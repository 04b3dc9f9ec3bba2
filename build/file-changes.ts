import { relative, resolve, sep } from 'node:path';
import { watch } from 'chokidar';

export interface FileChangesOptions {
  /** Absolute path that folders and reported paths are relative to. */
  root: string;
  /** Folders in it to watch: some may not exist yet, or come and go. */
  folders: string[];
  /** Whether a file or folder is of interest. Paths have forward slashes on every machine. */
  includes: (path: string) => boolean;
  /** Called with the changes of one save, or of one `git checkout`, together. */
  onChange: (paths: string[]) => void;
}

/** Milliseconds without a change that end a burst. */
const SETTLE = 50;

/**
 * Watches files until it is closed: written in place, replaced by rename, added, deleted, and moved with their folder. Node's own
 * recursive watching loses a file on Linux once it has been replaced by rename, which is how most editors save.
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
    timer = setTimeout(report, SETTLE);
  });
  await new Promise<void>((ready, failed) => watcher.once('ready', ready).once('error', failed));
  const close = () => {
    clearTimeout(timer);
    return watcher.close();
  };
  return { close };
}

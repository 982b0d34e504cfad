import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A folder that stands for `/`, with whatever of /sys, /proc, /dev and /run a test puts into it. */
export interface FakeSysfs {
  readonly root: string;
  /** Files by path, such as `/proc/cpuinfo`. Texts get the final newline that the kernel writes. */
  files(contents: Readonly<Record<string, string | Buffer>>): FakeSysfs;
  directory(path: string): FakeSysfs;
  /** A symbolic link whose target is kept as it is given. */
  link(path: string, target: string): FakeSysfs;
}

/** An empty tree, removed after the test. */
export function fakeSysfs(test: { after(hook: () => void): void }): FakeSysfs {
  const root = mkdtempSync(join(tmpdir(), 'fake-sysfs-'));
  test.after(() => rmSync(root, { recursive: true }));
  const prepared = (path: string) => {
    const full = join(root, path);
    mkdirSync(dirname(full), { recursive: true });
    return full;
  };
  const tree: FakeSysfs = {
    root,
    files(contents) {
      for (const [path, content] of Object.entries(contents)) {
        writeFileSync(prepared(path), typeof content === 'string' ? `${content}\n` : content);
      }
      return tree;
    },
    directory(path) {
      mkdirSync(join(root, path), { recursive: true });
      return tree;
    },
    link(path, target) {
      symlinkSync(target, prepared(path));
      return tree;
    },
  };
  return tree;
}

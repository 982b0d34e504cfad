import { rmSync, writeFileSync } from 'node:fs';
import { InspectorError } from '../../errors/inspector-error.ts';
import type { DemoConsole } from './demo-console.ts';
import { cannotBeWritten, type DemoDirectory } from './demo-directory.ts';
import { pidIn } from './processes.ts';

/**
 * Keeps a second demo out of the folder until the returned function is called. What a demo that was killed
 * has left is no hindrance.
 *
 * @throws InspectorError `conflict` with what to do when another demo is at work there.
 */
export function lockDirectory(
  { path, lockFile }: Pick<DemoDirectory, 'path' | 'lockFile'>,
  on: Pick<DemoConsole, 'processes' | 'processId'>,
): () => void {
  if (!takeLock(path, lockFile, on.processId)) {
    const holder = pidIn(lockFile);
    // The number may belong to any other program by now.
    const isDemo = holder !== undefined && / demo( |$)/.test(on.processes.commandLineOf(holder) ?? '');
    if (isDemo && holder !== on.processId) {
      throw new InspectorError(
        'conflict',
        `Another demo (process ${holder}) is at work in ${path}. Wait until it is done, or name another folder and port: npm run demo -- --directory <folder> --port <number>`,
      );
    }
    rmSync(lockFile, { force: true });
    takeLock(path, lockFile, on.processId);
  }
  return () => rmSync(lockFile, { force: true });
}

function takeLock(path: string, lockFile: string, pid: number): boolean {
  try {
    writeFileSync(lockFile, `${pid}\n`, { flag: 'wx' });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw cannotBeWritten(path, error);
  }
}

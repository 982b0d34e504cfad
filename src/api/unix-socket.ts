import { chmod, lstat, unlink } from 'node:fs/promises';
import { connect } from 'node:net';
import { InspectorError, messageOf } from '../errors/inspector-error.ts';

/**
 * Sees to it that a Unix socket can be made at the path: one that a dead process has left behind is removed.
 *
 * @throws InspectorError `unavailable` when a program listens on it, or when there is a file of another kind,
 *   which the original removes (docs/compatibility.md, unix-socket-in-use).
 */
export async function clearSocketPath(path: string): Promise<void> {
  const kind = await kindOf(path);
  if (kind === 'nothing') return;
  if (kind === 'file') {
    throw unavailable(path, 'there is a file that is no socket; remove it, or choose another path');
  }
  if (await isListenedOn(path)) {
    throw unavailable(path, 'a program listens on it; stop that program, or choose another path');
  }
  try {
    await unlink(path);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw unavailable(path, messageOf(error), error);
  }
}

/**
 * Gives the socket its file mode.
 *
 * @throws InspectorError `unavailable` when the file system does not let it.
 */
export async function setSocketMode(path: string, mode: number | null): Promise<void> {
  if (mode === null) return;
  try {
    await chmod(path, mode);
  } catch (error) {
    const octal = mode.toString(8);
    throw unavailable(path, `[DEFAULT]listen_unix_socket_mode ${octal}: ${messageOf(error)}`, error);
  }
}

async function kindOf(path: string): Promise<'socket' | 'file' | 'nothing'> {
  try {
    return (await lstat(path)).isSocket() ? 'socket' : 'file';
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return 'nothing';
    throw unavailable(path, messageOf(error), error);
  }
}

/** Nobody answers at what a dead process has left behind. */
async function isListenedOn(path: string): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const probe = connect(path);
  probe.once('connect', () => resolve(true));
  probe.once('error', (error) => resolve(!['ECONNREFUSED', 'ENOENT'].includes(String(codeOf(error)))));
  try {
    return await promise;
  } finally {
    probe.destroy();
  }
}

function codeOf(error: unknown): unknown {
  return (error as { code?: unknown }).code;
}

function unavailable(path: string, advice: string, cause?: unknown): InspectorError {
  return new InspectorError(
    'unavailable',
    `Cannot listen on ${path} ([DEFAULT]listen_unix_socket): ${advice}`,
    {
      cause,
    },
  );
}

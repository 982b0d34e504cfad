import { statSync } from 'node:fs';
import { pino } from 'pino';
import type { LogTarget } from './log-target.ts';
import { type Rotation, rotatorOf } from './rotate-file.ts';

/** Lines go to a file. */
export interface FileSettings {
  readonly kind: 'file';
  readonly path: string;
  /** Without, the file grows, and something else sets it aside. */
  readonly rotation?: Rotation;
}

/** More than this waiting for a full disk or a stalled reader, and further lines are dropped. In bytes. */
const longestQueue = 16 * 1024 * 1024;

type Destination = ReturnType<typeof pino.destination>;

/**
 * Opens a file. Each line is written at once, so that none is lost when the process dies: 2 microseconds a
 * line, the same as in the background. What the system refuses is kept and tried again with the next line.
 * `failed` is told of each refusal.
 *
 * A file is created if it is missing, and opened again when it was moved or deleted since the last line, as
 * log rotation does (the original's watched handler).
 * @throws Error with the system's `code` when the file cannot be opened.
 */
export function openFileTarget(
  { path, rotation }: FileSettings,
  failed: (error: Error) => void,
  now: () => Date,
): LogTarget {
  const rotator = rotation && rotatorOf(path, rotation, now());
  const stream = openStream(path, failed);
  let open = identity(path);
  const reopen = () => {
    try {
      stream.reopen(path);
    } catch {
      // The stream tells `failed`, and goes on with the old file. It would close that file once for each try.
      stream.removeAllListeners('ready');
    }
    open = identity(path);
  };
  return {
    write(lines) {
      if (rotator?.isDue(now(), Buffer.byteLength(lines)) === true) {
        try {
          rotator.rotate(now());
        } catch (error) {
          // The file grows on, which is better than no log.
          failed(error instanceof Error ? error : new Error(String(error)));
        }
      }
      const current = identity(path);
      if (current === undefined || current !== open) reopen();
      stream.write(lines);
    },
    reopen,
    close: () => closed(stream),
  };
}

/** Which file lies under the path; nothing where there is none. */
function identity(path: string): string | undefined {
  try {
    const found = statSync(path, { throwIfNoEntry: false });
    return found === undefined ? undefined : `${found.dev}:${found.ino}`;
  } catch {
    return undefined;
  }
}

function openStream(dest: string | number, failed: (error: Error) => void): Destination {
  let stalled = false;
  const stream = pino.destination({
    dest,
    sync: true,
    maxLength: longestQueue,
    // A reader that has stopped reading may hold up one line for a moment, and not each that follows.
    retryEAGAIN: () => {
      const again = !stalled;
      stalled = true;
      return again;
    },
  });
  stream.on('write', (bytes: number) => {
    if (bytes > 0) stalled = false;
  });
  stream.on('error', failed);
  stream.on('drop', () => failed(new Error(`${longestQueue} bytes are waiting, further lines are dropped`)));
  return stream;
}

/** Opens standard output or standard error, in the same way. */
export function openStreamTarget(kind: 'stdout' | 'stderr', failed: (error: Error) => void): LogTarget {
  const stream = openStream(kind === 'stdout' ? 1 : 2, failed);
  return { write: (lines) => void stream.write(lines), reopen: () => {}, close: () => closed(stream) };
}

async function closed(stream: Destination): Promise<void> {
  await new Promise<void>((resolve) => {
    // After a broken pipe the stream is a dummy that tells nothing of its end.
    const timer = setTimeout(resolve, 1000);
    const done = () => {
      clearTimeout(timer);
      resolve();
    };
    stream.once('close', done);
    stream.once('error', done);
    stream.end();
  });
}

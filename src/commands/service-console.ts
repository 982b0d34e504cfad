import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { homedir, hostname } from 'node:os';
import type { Signals } from './stop-signals.ts';

/** What the service commands work with besides their arguments; a test brings its own. */
export interface ServiceConsole {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The user's home directory. */
  readonly home: string;
  readonly workingDirectory: string;
  readonly hostname: string;
  /** Where SIGTERM and its kind arrive. */
  readonly signals: Signals;
  /** Somebody sits at a terminal that shows what the command writes. */
  readonly isAtTerminal: boolean;
  readonly exists: (path: string) => boolean;
  readonly listDirectory: (path: string) => readonly string[];
  readonly readFile: (path: string) => Buffer;
  /** Standard output: help and version. */
  readonly write: (text: string) => void;
  /** Standard error: why the command ends. */
  readonly tell: (text: string) => void;
  /** Ends the process although there is work left that would keep it alive. */
  readonly leave: (exitCode: number) => void;
}

/** This process. */
export function thisProcess(): ServiceConsole {
  return {
    environment: process.env,
    home: homeOr('/'),
    workingDirectory: process.cwd(),
    hostname: hostname(),
    signals: process,
    isAtTerminal: process.stdout.isTTY,
    exists: existsSync,
    listDirectory: (path) => readdirSync(path),
    readFile: (path) => readFileSync(path),
    write: (text) => void process.stdout.write(text),
    tell: (text) => void process.stderr.write(text),
    leave: (exitCode) => process.exit(exitCode),
  };
}

/** The system knows no home directory of a user that it has no entry of, as in many containers. */
function homeOr(fallback: string): string {
  try {
    return homedir();
  } catch {
    return fallback;
  }
}

import type { LogLevel } from './logger.ts';

/** An open target. A target that fails loses lines, never the service: only opening throws. */
export interface LogTarget {
  /** Lines of one message, each with its newline. */
  write(lines: string, level: LogLevel): void;
  /** Opens the file again under its path; nothing for a stream. */
  reopen(): void;
  /** Writes what could not be written so far, and lets go of the file. */
  close(): Promise<void>;
}

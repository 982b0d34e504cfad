import { existsSync, readdirSync, readlinkSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Notes } from './notes.ts';

/**
 * Reads /sys, /proc, /dev and /run. Nothing here throws: what is not there, or cannot be read, is `null` or an
 * empty list. Where a fact's name is given and the permission is what lacks, a note is left.
 */
export interface SystemFiles {
  /** A file's text without surrounding blanks and NULs; `null` too when nothing else is in it. */
  text(path: string, fact?: string): string | null;
  bytes(path: string): Buffer | null;
  /** A file's text as a whole number, decimal or `0x` hex. */
  number(path: string): number | null;
  /** The names in a directory, sorted. */
  names(directory: string): readonly string[];
  /** Where a symbolic link points to, as it is written in the link. */
  link(path: string): string | null;
  /** The last part of a link's target: the name of a driver, of a bus address. */
  linkName(path: string): string | null;
  isDirectory(path: string): boolean;
  exists(path: string): boolean;
}

/**
 * The files below `root`: `/`, or a tree that a test has made.
 *
 * @param readFile reads a whole file; throws an Error with the `code` of the system call
 */
export function systemFiles(root: string, readFile: (path: string) => Buffer, notes: Notes): SystemFiles {
  const at = (path: string) => join(root, path);
  const bytes = (path: string, fact?: string) =>
    attempt(
      () => readFile(at(path)),
      (code) => {
        if (fact !== undefined && (code === 'EACCES' || code === 'EPERM')) {
          notes.add(fact, `permission denied on ${path}`, 'run as root');
        }
        return null;
      },
    );
  const text = (path: string, fact?: string) => {
    const content = bytes(path, fact)?.toString('utf8').replaceAll('\0', ' ').trim();
    return content === undefined || content === '' ? null : content;
  };
  const link = (path: string) => attempt(() => readlinkSync(at(path)), nothing);
  const linkName = (path: string) => {
    const target = link(path);
    return target === null ? null : basename(target);
  };
  return {
    text,
    bytes,
    number: (path) => wholeNumber(text(path)),
    names: (directory) => attempt(() => readdirSync(at(directory)).sort(), nothing) ?? [],
    link,
    linkName,
    isDirectory: (path) => attempt(() => statSync(at(path)).isDirectory(), nothing) ?? false,
    exists: (path) => existsSync(at(path)),
  };
}

/** A whole number in the kernel's notations, or `null` for anything else. */
export function wholeNumber(text: string | null): number | null {
  if (text === null || !/^(-?\d+|0x[0-9a-f]+)$/i.test(text)) return null;
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : null;
}

/** Drivers answer reads with all kinds of errors (EINVAL, EIO, ENODEV), which mean "not known" alike. */
function attempt<T>(read: () => T, otherwise: (code: string) => null): T | null {
  try {
    return read();
  } catch (error) {
    return otherwise(error instanceof Error && 'code' in error ? String(error.code) : '');
  }
}

const nothing = () => null;

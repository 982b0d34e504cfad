import { join, resolve } from 'node:path';
import type { LabConsole } from '../lab/lab-console.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** What the commands of the lab work with in a test, and what came of it. */
export interface MadeUpLab extends LabConsole {
  readonly said: { out: string; err: string };
  /** What was run on the terminal, with what it was given in its environment. */
  readonly ran: { readonly words: readonly string[]; readonly more?: Readonly<Record<string, string>> }[];
  /** What was attempted. */
  readonly attempted: (readonly string[])[];
  /** Where `--state` is to lie; not there yet. */
  readonly state: string;
}

/** Commands of the lab for root on a machine where all that is attempted goes well, unless said otherwise. */
export function madeUpLab(changes: Partial<LabConsole> = {}): MadeUpLab {
  const said = { out: '', err: '' };
  const ran: MadeUpLab['ran'] = [];
  const attempted: (readonly string[])[] = [];
  const folder = temporaryFolder().path;
  const { attempt = () => ({ status: 0, output: '' }), ...others } = changes;
  return {
    userId: 0,
    architecture: 'x64',
    now: () => 0,
    write: (text) => void (said.out += text),
    tell: (text) => void (said.err += text),
    environment: { PATH: '/usr/bin' },
    runHere: async (words, more) => {
      ran.push({ words, ...(more === undefined ? {} : { more }) });
      return 0;
    },
    pathOf: (name) => resolve(folder, name),
    project: folder,
    ...others,
    attempt: (words) => {
      attempted.push(words);
      return attempt(words);
    },
    said,
    ran,
    attempted,
    state: join(folder, 'lab'),
  };
}

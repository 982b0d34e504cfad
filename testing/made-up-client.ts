import { type ClientConsole } from '../src/commands/client/client-console.ts';
import { runClient } from '../src/commands/ironic-inspector-client.ts';
import { type MadeUpConsole, madeUpConsole } from './made-up-console.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** How a call of the client ended. */
export interface ClientEnded {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** The client in a folder of its own, with a clock that waiting moves on. */
export interface MadeUpClient {
  readonly folder: string;
  readonly console: ClientConsole & Pick<MadeUpConsole, 'signals'>;
  /** Milliseconds of every wait so far. */
  readonly waits: readonly number[];
  /** Calls it with the words of a command line, none of which has a space in it. */
  run(line: string): Promise<ClientEnded>;
}

/** A client of the service at `url`, unless the words say another. */
export function madeUpClient(url?: string, changes: Partial<ClientConsole> = {}): MadeUpClient {
  const { path: folder } = temporaryFolder();
  const waits: number[] = [];
  let elapsed = 0;
  const made = madeUpConsole(folder, {
    environment: url === undefined ? {} : { INSPECTOR_URL: url },
  });
  const console = {
    ...made,
    columns: undefined,
    errorColumns: undefined,
    elapsed: () => elapsed,
    now: () => new Date(elapsed),
    random: () => 0.5,
    wait: async (milliseconds: number) => {
      waits.push(milliseconds);
      elapsed += milliseconds;
    },
    writeFile: () => {
      throw new Error('nothing is to be written');
    },
    ...changes,
    signals: made.signals,
  };
  return {
    folder,
    console,
    waits,
    async run(line) {
      made.said.out = '';
      made.said.err = '';
      const code = await runClient(line.split(' '), console);
      return { code, ...made.said };
    },
  };
}

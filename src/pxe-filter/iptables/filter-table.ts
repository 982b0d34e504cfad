import type { RunPrivileged } from '../../host/privileged-command.ts';
import type { FilterPlace } from './filter-place.ts';
import { type FoundFilter, findInTable } from './find-in-table.ts';

/** The filter table of the kernel. */
export interface FilterTable {
  /** @throws CommandFailed */
  find(): Promise<FoundFilter>;
  /** One transaction. @throws CommandFailed; nothing is changed then, if it has an exit code. */
  restore(script: string): Promise<void>;
}

/** Seconds to wait for others who change the tables; shorter than the limit of a command. */
const lockSeconds = 10;

/** The table that the programs of iptables show and change, whichever of their two kinds is installed. */
export function filterTable(place: FilterPlace, run: RunPrivileged): FilterTable {
  return {
    async find() {
      return findInTable(await run({ program: `${place.family}-save`, args: ['-t', 'filter'] }), place);
    },
    async restore(script) {
      const args = ['--noflush', '-w', String(lockSeconds)];
      await run({ program: `${place.family}-restore`, args, input: script });
    },
  };
}

import type { RunPrivileged } from '../../host/privileged-command.ts';
import { CommandFailed } from '../../host/privileged-command-failure.ts';
import { type Family, families } from './hook-points.ts';
import { listedCounters, listedFamilies, readTable, type TableState } from './table-state.ts';

/**
 * The program nft, with the few command lines that the privileges of the service are made for: `nft -f -`,
 * `nft -c -f -`, `nft -j list tables`, `nft -j list table <family> <table>`, the same with `-t`, and
 * `nft -j list counters table <family> <table>`. Each throws CommandFailed.
 */
export interface Nft {
  /** Puts all of a script in force at once, or nothing. */
  load(script: string): Promise<void>;
  /** Whether the kernel would take a script. */
  canLoad(script: string): Promise<boolean>;
  /** The families in which there is a table of this name. */
  familiesOf(table: string): Promise<Family[]>;
  table(family: Family, table: string): Promise<TableState>;
  /** A table without the elements of its sets. */
  tableShape(family: Family, table: string): Promise<TableState>;
  /** Packets by counter. */
  counters(family: Family, table: string): Promise<ReadonlyMap<string, number>>;
}

/** @param run Runs programs with the privileges that changes of a firewall need. */
export function nftProgram(run: RunPrivileged): Nft {
  const list = (...args: string[]) => run({ program: 'nft', args: ['-j', ...args] });
  return {
    async load(script) {
      await run({ program: 'nft', args: ['-f', '-'], input: script });
    },
    async canLoad(script) {
      try {
        await run({ program: 'nft', args: ['-c', '-f', '-'], input: script });
        return true;
      } catch (error) {
        if (error instanceof CommandFailed && error.exitCode === 1) return false;
        throw error;
      }
    },
    async familiesOf(table) {
      const found = listedFamilies(await list('list', 'tables'), table);
      return families.filter((family) => found.includes(family));
    },
    table: async (family, table) => readTable(await list('list', 'table', family, table)),
    tableShape: async (family, table) => readTable(await list('-t', 'list', 'table', family, table)),
    counters: async (family, table) => listedCounters(await list('list', 'counters', 'table', family, table)),
  };
}

import { isVlan } from './interface-names.ts';
import type { Machine } from './machine.ts';

/** The names that the BIOS gives to interfaces, from the program `biosdevname`; empty in virtual machines. */
export async function biosNames(
  { run, notes }: Pick<Machine, 'run' | 'notes'>,
  interfaces: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>();
  for (const name of interfaces) {
    if (isVlan(name)) continue;
    const result = await run('biosdevname', ['-i', name]);
    if (result.outcome === 'missing') {
      const fact = 'inventory.interfaces[].biosdevname';
      notes.add(fact, 'the program biosdevname is not installed', 'install it if rules use that name');
      break;
    }
    if (result.outcome !== 'exited' || result.code !== 0) continue;
    const biosName = result.stdout.trim();
    if (biosName !== '') names.set(name, biosName);
  }
  return names;
}

import type { Logger } from '../../logging/logger.ts';
import type { HostsDirectory } from './hosts-directory.ts';
import { inTurns } from './in-turns.ts';

/** Names that one message shows. */
const mostShown = 5;

/** What others have put into the folder that dnsmasq watches. */
export class ForeignFiles {
  readonly #directory: HostsDirectory;
  readonly #log: Logger;
  #reported = '';

  constructor(directory: HostsDirectory, log: Logger) {
    this.#directory = directory;
    this.#log = log;
  }

  /** Deletes them, and reports what stays. @returns Whether there was one that dnsmasq may have read. */
  async remove(names: readonly string[]): Promise<boolean> {
    const staying: string[] = [];
    await inTurns(names, (name) => {
      if (this.#directory.remove(name)) this.#log.debug(`Removed ${shown(this.#directory.pathOf(name))}`);
      else staying.push(name);
    });
    this.report(staying);
    return names.some((name) => !staying.includes(name) && !name.startsWith('.'));
  }

  /** Says so once, until there are others. */
  report(names: readonly string[]): void {
    const few = names
      .toSorted()
      .slice(0, mostShown)
      .map((name) => shown(this.#directory.pathOf(name)));
    const more = names.length > few.length ? ` and ${names.length - few.length} more` : '';
    const text = `${few.join(', ')}${more}`;
    if (text === this.#reported) return;
    this.#reported = text;
    if (text === '') return;
    this.#log.warning(`Not of this service, in the folder that dnsmasq watches: ${text}. Remove it`);
  }
}

/** Whatever octets a name has, in one line. */
function shown(path: Buffer): string {
  return JSON.stringify(path.toString());
}

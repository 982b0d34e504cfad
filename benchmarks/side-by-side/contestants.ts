import { cpSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Contestant,
  type ContestantName,
  databaseIn,
  type Ground,
  prepareDatabase,
  startContestant,
} from './contestant.ts';
import { filledUuids, fillFile } from './filled-file.ts';

/** Where contestants run, and who is told what. */
export interface ContestantsGround extends Pick<Ground, 'bareMetalUrl' | 'commands'> {
  readonly folder: string;
  progress(line: string): void;
  /** Ironic is to know these nodes, or the services would forget them. */
  addKnown(uuids: readonly string[]): Promise<void>;
}

/** The contestants that run, each by the number of nodes that its database was filled with. */
export class Contestants {
  readonly #on: ContestantsGround;
  readonly #running = new Map<string, Contestant>();
  readonly #prepared = new Map<ContestantName, Promise<void>>();
  #known = 0;

  constructor(on: ContestantsGround) {
    this.#on = on;
  }

  /** Starts the contestant when this is the first time that it is wanted. */
  async started(name: ContestantName, nodes: number): Promise<Contestant> {
    const there = this.#running.get(`${name} ${nodes}`);
    if (there !== undefined) return there;
    await this.#prepare(name, nodes);
    return this.#start(name, nodes);
  }

  /** Starts it again on the same database. */
  async restarted(name: ContestantName, nodes: number): Promise<Contestant> {
    await (await this.started(name, nodes)).stop();
    return this.#start(name, nodes);
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#running.values()].map((contestant) => contestant.stop()));
  }

  async #start(name: ContestantName, nodes: number): Promise<Contestant> {
    const contestant = await startContestant(name, this.#groundOf(name, nodes));
    this.#running.set(`${name} ${nodes}`, contestant);
    return contestant;
  }

  /** Tables are made once, by the contestant's own command, and filled for each number of nodes. */
  async #prepare(name: ContestantName, nodes: number): Promise<void> {
    const empty = this.#groundOf(name, 'new');
    const ready = this.#prepared.get(name) ?? prepareDatabase(name, empty);
    this.#prepared.set(name, ready);
    await ready;
    const { folder } = this.#groundOf(name, nodes);
    if (existsSync(folder)) return;
    mkdirSync(folder);
    if (name === 'floor') return;
    this.#on.progress(`${name}: filling a database with ${nodes} nodes`);
    cpSync(databaseIn(empty.folder), databaseIn(folder));
    fillFile(databaseIn(folder), nodes, new Date());
    if (nodes > this.#known) await this.#on.addKnown(filledUuids(nodes).slice(this.#known));
    this.#known = Math.max(this.#known, nodes);
  }

  #groundOf(name: ContestantName, part: string | number): Ground {
    const { bareMetalUrl, commands } = this.#on;
    return { folder: join(this.#on.folder, `${name}-${part}`), bareMetalUrl, commands };
  }
}

import { replacing } from '../database/collision.ts';
import type { Database } from '../database/database.ts';
import { heldNode } from '../database/held-node.ts';
import type { Alongside } from './node-store.ts';
import { nodesUnderWay } from './nodes-under-way.ts';
import type { RecordedStage, Sighting, Stage } from './stage.ts';
import { addSighting, readStages, writeStages } from './stage-rows.ts';

/** Nodes that are written at the same time: transactions that come close to each other can share a COMMIT. */
const mostAtOnce = 20;

/** How far introspections have come: the table `introspection_stages`. A node has a row for each stage at most. */
export class TimelineStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Records stages in a transaction that writes the node's record anyway. */
  writing(stages: readonly Stage[]): Alongside {
    return (transaction, record, isFirst) =>
      writeStages(this.#database, transaction, record, { stages, isFirst });
  }

  /**
   * Records what was seen of machines, for those whose MAC address is that of a node under introspection. An
   * address of several nodes says nothing of any.
   */
  async see(sightings: readonly Sighting[]): Promise<void> {
    const nodes = await nodesUnderWay(
      this.#database.query,
      sightings.map(({ mac }) => mac),
    );
    const byNode = Map.groupBy(sightings, ({ mac }) => nodes.get(mac));
    const known = [...byNode].flatMap(([uuid, seen]) => (uuid === undefined ? [] : [{ uuid, seen }]));
    for (let at = 0; at < known.length; at += mostAtOnce) {
      const some = known.slice(at, at + mostAtOnce);
      await Promise.all(some.map(({ uuid, seen }) => this.#add(uuid, seen)));
    }
  }

  /** Those of the introspection that the node's row tells of, in the order of the way. */
  async of(nodeUuid: string): Promise<RecordedStage[]> {
    return readStages(this.#database, nodeUuid);
  }

  async #add(uuid: string, seen: readonly Sighting[]): Promise<void> {
    await replacing(this.#database, async (transaction) => {
      if ((await heldNode(transaction, uuid)) === undefined) return;
      for (const one of seen) await addSighting(this.#database, transaction, uuid, one);
    });
  }
}

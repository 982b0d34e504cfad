import { InspectorError } from '../src/errors/inspector-error.ts';
import type { PxeAccessParts } from '../src/pxe-filter/pxe-access.ts';
import type { AccessPort } from '../src/pxe-filter/pxe-filter.ts';

/** The nodes under way and the ports there are, in memory, as PXE access reads them. */
export class FakeAccessSource {
  /** MAC addresses that nodes under way are looked up by, by UUID. */
  readonly underWay = new Map<string, string[]>();
  /** By any key. */
  readonly ports = new Map<string, AccessPort>();
  /** Questions that are to fail. */
  readonly failures = { nodes: 0, ports: 0 };
  /** What was asked for: `all`, UUIDs, `ports` with the fields. */
  readonly asked: string[] = [];
  /** Waited for after a list of ports was made, before it is given. */
  beforePorts: () => Promise<void> = async () => {};
  /** Waited for before nodes are read. */
  beforeNodes: () => Promise<void> = async () => {};

  readonly nodes: PxeAccessParts['nodes'] = {
    macsUnderWay: async (uuids) => {
      this.asked.push(uuids === undefined ? 'all' : uuids.join(' '));
      await this.beforeNodes();
      this.#failIf('nodes');
      const wanted = [...this.underWay].filter(([uuid]) => uuids === undefined || uuids.includes(uuid));
      return new Map(wanted.map(([uuid, macs]) => [uuid, [...macs]]));
    },
  };

  readonly bareMetal: PxeAccessParts['bareMetal'] = {
    listPorts: async (fields) => {
      this.asked.push(`ports ${fields.join(' ')}`);
      const ports = [...this.ports.values()];
      await this.beforePorts();
      this.#failIf('ports');
      return structuredClone(ports) as Awaited<ReturnType<PxeAccessParts['bareMetal']['listPorts']>>;
    },
  };

  #failIf(what: 'nodes' | 'ports'): void {
    if (this.failures[what] <= 0) return;
    this.failures[what] -= 1;
    throw new InspectorError('unavailable', `The ${what} were told to fail`);
  }
}

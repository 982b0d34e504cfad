/** The Ironic that all contestants share, in a process of its own. */
import { ironicStandIn } from '../../testing/ironic-stand-in.ts';
import { bmcAddressOf, bootMacOf, machineUuid } from './payload.ts';
import { answerQuestions } from './worker.ts';

/** What the process can be asked. */
export type StandInQuestions = typeof questions;

const ironic = await ironicStandIn();

const questions = {
  /** Where it answers. */
  url: (): string => ironic.url,
  /** Makes nodes for these machines, each with a port for the NIC that it boots from. */
  add({ first, count }: { readonly first: number; readonly count: number }): void {
    for (let machine = first; machine < first + count; machine++) {
      const fields = {
        uuid: machineUuid(machine),
        name: `benchmark-${machine}`,
        driver: 'ipmi',
        driver_info: { ipmi_address: bmcAddressOf(machine) },
      };
      ironic.add(fields, [bootMacOf(machine)]);
    }
  },
  /** Makes nodes of which nothing but the UUID matters. */
  addKnown({ uuids }: { readonly uuids: readonly string[] }): void {
    for (const uuid of uuids) ironic.add({ uuid });
  },
  /** How often each kind of request came since this was asked last: `{ 'GET /v1/nodes/*': 12 }`. */
  takeRequests(): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const request of ironic.requests) {
      const kind = request.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}|(?<==)[^&]+/g, '*');
      counts[kind] = (counts[kind] ?? 0) + 1;
    }
    ironic.requests.length = 0;
    ironic.asked.length = 0;
    return counts;
  },
};

answerQuestions(questions);

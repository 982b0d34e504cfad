import type { BareMetalPort, BareMetalService } from '../bare-metal/bare-metal-service.ts';
import { InspectorError } from '../errors/inspector-error.ts';
import { isObject, type JsonObject, type JsonValue } from '../json/json-value.ts';
import type { IronicConnection } from './ironic-connection.ts';
import { isRepeatable } from './is-repeatable.ts';
import { listPages } from './list-pages.ts';
import { refusedForGood, takenOrBusy } from './refused-for-good.ts';
import { portPath } from './resource-path.ts';

type PortCalls = Pick<
  BareMetalService,
  'listPorts' | 'listPortsOf' | 'findPortByAddress' | 'createPort' | 'patchPort' | 'deletePort'
>;

/** The newest version that the SDK of the original's last series knows. */
const newestKnown = 97;

/** What concerns ports. */
export function ironicPorts(connection: IronicConnection): PortCalls {
  return {
    async listPorts(fields) {
      const query = { fields: fields.join(',') };
      const ports = await listPages(connection, { path: '/ports', member: 'ports', query, newestKnown });
      return ports.map(readPort);
    },
    async listPortsOf(nodeUuid) {
      const query = { node: nodeUuid };
      const ports = await listPages(connection, {
        path: '/ports/detail',
        member: 'ports',
        query,
        newestKnown,
      });
      return ports.map(readPort);
    },
    async findPortByAddress(address) {
      const query = { address, fields: 'uuid,address,node_uuid' };
      const [port] = await listPages(connection, { path: '/ports', member: 'ports', query, newestKnown });
      return port === undefined ? undefined : readPort(port);
    },
    createPort: ({ address, node_uuid, extra = {}, pxe_enabled }) =>
      createPort(connection, {
        node_uuid,
        address,
        extra,
        ...(pxe_enabled === undefined ? {} : { pxe_enabled }),
      }),
    async patchPort(uuid, patch) {
      const body = patch.map((operation) => ({ ...operation }));
      const request = { method: 'PATCH', path: portPath(uuid), body, newestKnown } as const;
      return readPort(
        await refusedForGood(connection.call({ ...request, isRepeatable: isRepeatable(patch) })),
      );
    },
    async deletePort(uuid) {
      await connection.call({ method: 'DELETE', path: portPath(uuid), newestKnown });
    },
  };
}

/** `conflict` is left to addresses that are taken: a node that stays locked is no reason to go without the port. */
async function createPort(connection: IronicConnection, body: JsonObject): Promise<BareMetalPort> {
  return readPort(await takenOrBusy(connection.call({ method: 'POST', path: '/ports', body, newestKnown })));
}

function readPort(document: JsonValue): BareMetalPort {
  if (isObject(document) && typeof document.uuid === 'string' && typeof document.address === 'string') {
    return { extra: {}, ...document } as BareMetalPort;
  }
  throw new InspectorError('unavailable', "Expected a port in Ironic's answer, got something else");
}

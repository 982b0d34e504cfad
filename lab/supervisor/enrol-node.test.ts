import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { startRealService } from '../../testing/real-service.ts';
import { recordingLogger } from '../../testing/recording-logger.ts';
import { ServiceClient } from '../../testing/service-client.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { fakePower } from '../bmc/fake-power.ts';
import { numberedParts } from '../setup/lab-network.ts';
import { enrolNode } from './enrol-node.ts';

describe('enrolNode', () => {
  it('makes a node with a port, and tells what the service refuses', async (t) => {
    const service = await startRealService(temporaryFolder().path, recordingLogger());
    const client = new ServiceClient(service.url);
    t.after(async () => {
      await client.close();
      await service.stop();
    });
    const machine = { name: 'node-1', ...numberedParts(1), power: fakePower(), driverInfo: {} };
    const driver = 'fake-hardware' as 'redfish';

    await enrolNode(`${service.url}/baremetal`, { ...machine, driver });

    const { ports } = await client.do('GET /baremetal/v1/ports');
    assert.deepEqual(
      ports.map(({ address }: { address: string }) => address),
      ['52:54:00:24:42:01'],
    );
    await assert.rejects(
      enrolNode(`${service.url}/baremetal`, { ...machine, driver }),
      /POST \/v1\/nodes was answered with 409/,
    );
  });
});

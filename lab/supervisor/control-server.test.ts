import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { fakePower } from '../bmc/fake-power.ts';
import { askPower, askStatus } from '../commands/ask-lab.ts';
import { labFolder } from '../setup/lab-folder.ts';
import { numberedParts } from '../setup/lab-network.ts';
import { serveControl } from './control-server.ts';

const status = { phase: 'ready', programs: [], machines: [] };

async function servedLab(t: TestContext, state = async () => status) {
  const folder = labFolder(temporaryFolder().path);
  const power = fakePower();
  const machine = { name: 'node-1', ...numberedParts(1), power, driver: 'redfish', driverInfo: {} } as const;
  const server = await serveControl(folder.control, { status: state, machines: () => [machine] });
  t.after(() => server.close());
  return { folder, power };
}

describe('the control socket of a lab', () => {
  it('answers with the status, and switches machines', async (t) => {
    const { folder, power } = await servedLab(t);

    assert.deepEqual(await askStatus(folder), status);
    await askPower(folder, 'node-1', 'on');
    assert.equal(power.isOn(), true);
    await askPower(folder, 'node-1', 'off');
    assert.equal(power.isOn(), false);
  });

  it('refuses what there is not, and tells what went wrong', async (t) => {
    const failing = async () => {
      throw new Error('a bug');
    };
    const { folder } = await servedLab(t, failing);

    await assert.rejects(
      askPower(folder, 'node-7', 'on'),
      /Expected one of the machines node-1, got 'node-7'/,
    );
    await assert.rejects(
      askPower(folder, 'node-1', 'constructor'),
      /Expected on, off, reset, got 'constructor'/,
    );
    await assert.rejects(askStatus(folder), /a bug/);
    await assert.rejects(askStatus(labFolder('/nonexistent')), /The lab does not answer/);
  });
});

import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { describe, it } from 'node:test';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { ipmiSimulator } from './ipmi-simulator.ts';

const bmc = { address: '10.77.9.1', port: 623, username: 'admin', password: 'secret' };

describe('ipmiSimulator', () => {
  it('has the simulator call back into the power of the machine', () => {
    const { path: machine } = temporaryFolder();

    const command = ipmiSimulator({ ...bmc, machine }, '/opt/node');

    const file = command[command.indexOf('-c') + 1] ?? '';
    const settings = readFileSync(file, 'utf8');
    assert.match(settings, /^addr 10\.77\.9\.1 623$/m);
    assert.match(settings, /^guid [0-9a-f]{32}$/m);
    assert.match(settings, /^user 2 true "admin" "secret" admin /m);
    const control = new RegExp(
      `^chassis_control "'/opt/node' '.*/chassis-control-program.ts' '${machine}' 0x20"$`,
      'm',
    );
    assert.match(settings, control);
    assert.equal(statSync(file).mode & 0o077, 0);
  });

  it('refuses what could end a word of the settings', () => {
    const { path: machine } = temporaryFolder();

    for (const password of ['a"b', "a'b", 'a\nb', 'a\\b']) {
      assert.throws(() => ipmiSimulator({ ...bmc, machine, password }, '/opt/node'), { kind: 'invalid' });
    }
  });
});

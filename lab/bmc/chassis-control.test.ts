import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { chassisControl } from './chassis-control.ts';
import { fakePower } from './fake-power.ts';

describe('chassisControl', () => {
  it('tells power and boot device', async () => {
    const power = fakePower();
    await power.on();

    assert.deepEqual(await chassisControl(['get', 'power', 'boot'], power), ['power:1', 'boot:default']);
    await power.off();
    assert.deepEqual(await chassisControl(['get', 'power'], power), ['power:0']);
  });

  it('switches on, off, and off and on', async () => {
    const power = fakePower();

    for (const words of ['power 1', 'power 0', 'reset 1', 'shutdown 1']) {
      assert.deepEqual(await chassisControl(['set', ...words.split(' ')], power), []);
    }

    assert.deepEqual(power.calls, ['on', 'off', 'reset', 'off']);
  });

  it('keeps a boot device, several changes in one call', async () => {
    const power = fakePower();

    await chassisControl(['set', 'boot', 'pxe', 'power', '1'], power);
    assert.deepEqual(power.boot(), { device: 'pxe', once: false });
    assert.deepEqual(power.calls, ['on']);
    await chassisControl(['set', 'boot', 'none'], power);
    assert.deepEqual(power.boot(), { device: 'default', once: false });
  });

  it('checks without changing anything', async () => {
    const power = fakePower();

    assert.deepEqual(await chassisControl(['check', 'boot', 'pxe', 'power', '1'], power), []);

    assert.deepEqual(power.calls, []);
    assert.equal(power.boot().device, 'default');
  });

  const refused: Readonly<Record<string, RegExp>> = {
    'get identify': /expected power or boot, got 'identify'/,
    'set identify 1': /expected power, reset, shutdown or boot, got 'identify'/,
    'set boot cdrom': /expected none, default, pxe, disk, got 'cdrom'/,
    'check boot toString': /got 'toString'/,
    'put power 1': /expected get, set or check, got 'put'/,
  };
  for (const [words, message] of Object.entries(refused)) {
    it(`refuses ${words}`, async () => {
      await assert.rejects(chassisControl(words.split(' '), fakePower()), message);
    });
  }
});

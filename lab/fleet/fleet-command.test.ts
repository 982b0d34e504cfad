import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { madeUpLab } from '../../testing/made-up-lab.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { runLab } from '../commands/run-lab.ts';

/** Runs the command on a machine that has these packages, as a user who may not install any. */
async function fleet(args: readonly string[], packages: readonly string[] = []) {
  const output = packages.map((name) => `${name} installed\n`).join('');
  const on = madeUpLab({ userId: 1000, attempt: () => ({ status: 0, output }) });
  return { code: await runLab(['fleet', ...args], on), ...on.said };
}

const all = ['dnsmasq-base', 'iproute2', 'python3', 'util-linux', 'nftables'];

describe('lab fleet', () => {
  const refused: readonly (readonly [string, RegExp])[] = [
    ['--machines 0', /Expected a whole number from 1 to 16000/],
    ['--machines 1e3', /Expected a whole number/],
    ['--driver ebtables', /Allowed choices are nftables, dnsmasq, iptables, noop/],
    ['--start twice', /Allowed choices are bulk, single/],
  ];
  for (const [args, message] of refused) {
    it(`refuses ${args}`, async () => {
      const { code, err } = await fleet(args.split(' '));

      assert.equal(code, 2);
      assert.match(err, message);
    });
  }

  it('refuses a profile that there is not', async () => {
    const { code, err } = await fleet(['--profile', 'normal,broken']);

    assert.equal(code, 1);
    assert.match(err, /got 'broken'/);
  });

  it('names the packages that are missing to who cannot install them', async () => {
    const { code, err } = await fleet([], ['python3', 'util-linux', 'iproute2']);

    assert.equal(code, 1);
    assert.match(
      err,
      /Expected the packages dnsmasq-base, nftables: sudo apt-get install dnsmasq-base nftables/,
    );
  });

  it('keeps nothing in a folder that has something in it', async () => {
    const { path } = temporaryFolder();
    writeFileSync(join(path, 'mine'), '');

    const { code, err } = await fleet(['--keep', path], all);

    assert.equal(code, 1);
    assert.match(err, /Expected an empty folder for --keep, or none yet/);
  });
});

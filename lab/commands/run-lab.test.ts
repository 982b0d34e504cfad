import assert from 'node:assert/strict';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { madeUpLab } from '../../testing/made-up-lab.ts';
import { machinePaths } from '../machine/machine-description.ts';
import { labFolder } from '../setup/lab-folder.ts';
import { CommandEnded } from './command-ended.ts';
import { runLab } from './run-lab.ts';

describe('npm run lab', () => {
  it('has help for itself and each command', async () => {
    for (const words of [[], ['up'], ['status'], ['inspect'], ['logs'], ['console'], ['down'], ['fleet']]) {
      const on = madeUpLab();

      assert.equal(await runLab([...words, '--help'], on), 0);
      assert.match(on.said.out, /Usage: npm run lab --/);
    }
  });

  it('refuses wrong arguments with code 2', async () => {
    const cases = [
      ['frob'],
      ['up', '--nodes', '0'],
      ['up', '--nodes', '80'],
      ['up', '--driver', 'guess'],
      ['up', '--set', 'nothing'],
      ['power', '1', 'explode'],
    ];
    for (const words of cases) {
      const on = madeUpLab();

      assert.equal(await runLab(words, on), 2, words.join(' '));
      assert.match(on.said.err, /error: /);
    }
  });

  it('refuses what does not go together', async () => {
    const on = madeUpLab();

    assert.equal(await runLab(['up', '--bmc', 'ipmi', '--state', on.state], on), 1);
    assert.match(on.said.err, /goes with --ironic real/);
    assert.equal(await runLab(['up', '--discovery', '--deny-unknown-macs'], madeUpLab()), 1);
  });

  it('says what the machine lacks, and installs nothing then', async () => {
    const on = madeUpLab({ userId: 1000 });

    assert.equal(await runLab(['up', '--state', on.state], on), 1);
    assert.match(on.said.err, /^The lab needs what is not there.\nroot: /);
    assert.equal(existsSync(on.state), false);
  });

  it('says that there is no lab to commands that need one', async () => {
    for (const words of [
      ['status'],
      ['inspect', '1'],
      ['console', '1'],
      ['power', '1', 'on'],
      ['run', 'true'],
    ]) {
      const on = madeUpLab();

      const [command = '', ...rest] = words;
      assert.equal(await runLab([command, '--state', on.state, ...rest], on), 1, command);
      assert.match(on.said.err, /^There is no lab in .*npm run lab -- up/);
    }
  });

  it('removes what a lab that has crashed left behind, and nothing else', async () => {
    const on = madeUpLab();
    const folder = labFolder(on.state);
    mkdirSync(folder.logs, { recursive: true });
    writeFileSync(folder.pid, '999999999\n');
    assert.equal(await runLab(['down', '--state', on.state], on), 1);
    assert.match(on.said.err, /holds other things than a lab/);

    writeFileSync(folder.settings, '{}');
    assert.equal(await runLab(['down', '--state', on.state], on), 0);
    assert.equal(await runLab(['down', '--state', on.state], on), 0);

    assert.equal(existsSync(on.state), false);
    assert.equal(on.said.out, `The lab in ${on.state} is gone.\nThere is no lab in ${on.state}.\n`);
  });

  it('shows logs of programs and machines, and goes on with them', async () => {
    const on = madeUpLab();
    const folder = labFolder(on.state);
    const { consoleLog } = machinePaths(folder.machine('node-1'));
    for (const path of [folder.logs, folder.machine('node-1'), folder.machine('node-2')]) {
      mkdirSync(path, { recursive: true });
    }
    for (const file of [folder.log('service'), consoleLog]) writeFileSync(file, '');
    const logs = (...words: string[]) => runLab(['logs', '--state', on.state, ...words], on);

    assert.deepEqual([await logs(), await logs('machine', '1', '--follow')], [0, 0]);
    assert.deepEqual(
      on.ran.map(({ words }) => words),
      [
        ['tail', '--lines=+1', folder.log('service')],
        ['tail', '--lines=+1', '--follow=name', consoleLog],
      ],
    );
    assert.deepEqual([await logs('machine', '2'), await logs('../../etc/passwd')], [1, 1]);
    assert.match(on.said.err, /has not been switched on yet/);
    assert.match(on.said.err, /one of service; got '..\/..\/etc\/passwd'/);
  });

  it('ends as a program that it has run', async () => {
    const on = madeUpLab({ runHere: async () => 7 });
    const folder = labFolder(on.state);
    mkdirSync(folder.logs, { recursive: true });
    writeFileSync(folder.log('lab'), '');

    assert.equal(await runLab(['logs', 'lab', '--state', on.state], on), 7);
    assert.equal(new CommandEnded(7).message, 'ended with 7');
  });

  it('checks without changing anything', async () => {
    const installed = 'openssl installed\nlldpd installed\n';
    const on = madeUpLab({ attempt: () => ({ status: 0, output: installed }) });

    assert.equal(await runLab(['check', '--driver', 'noop'], on), 0);
    assert.match(on.said.out, /^ok {7}root\n/);
    assert.match(
      on.said.out,
      /missing {2}packages, which "up" installs: busybox-static, xz-utils, dnsmasq-base/,
    );
    assert.ok(on.attempted.every(([program]) => program !== 'env'));

    const refused = madeUpLab({ attempt: () => ({ status: 1, output: 'Operation not permitted' }) });
    assert.equal(await runLab(['check'], refused), 1);
    assert.match(refused.said.err, /CAP_SYS_ADMIN/);
  });

  it('lets errors that are bugs through', async () => {
    const on = madeUpLab({
      attempt: () => {
        throw new TypeError('a bug');
      },
    });

    await assert.rejects(runLab(['check'], on), /a bug/);
  });
});

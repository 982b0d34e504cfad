import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FakeFilterTable } from '../../../testing/fake-filter-table.ts';
import { recordingLogger } from '../../../testing/recording-logger.ts';
import { defaultsOf } from '../../config/option.ts';
import { CommandFailed } from '../../host/privileged-command-failure.ts';
import type { Access } from '../access.ts';
import { iptablesDriver } from './iptables-driver.ts';
import { iptablesOptions } from './iptables-options.ts';

const mac = '52:54:00:00:00:0a';
const chain = 'ironic-inspector';
const jump = `-i br-ctlplane -p udp -m udp --dport 67 -j ${chain}`;
const reject = '-j REJECT --reject-with icmp-port-unreachable';
const denied: Access = { mode: 'deny-list', allowed: new Set(), denied: new Set([mac]) };

/** A driver over a table that somebody has left like this. */
function leftLike(...lines: readonly string[]) {
  const table = new FakeFilterTable();
  const log = recordingLogger();
  if (lines.length > 0) table.restore(`*filter\n${lines.join('\n')}\nCOMMIT\n`);
  const driver = iptablesDriver(defaultsOf(iptablesOptions), { run: table.run, log });
  return { table, driver, log };
}

const ofLastRun = [
  `:${chain} - [0:0]`,
  `-A INPUT ${jump}`,
  `-A ${chain} -m mac --mac-source ${mac} -j DROP`,
  `-A ${chain} -j ACCEPT`,
];
const closed = [`:${chain} - [0:0]`, `-A INPUT ${jump}`, `-A ${chain} ${reject}`];

describe('what the iptables driver finds at its start', () => {
  it('stays in force when an earlier run left it, with the jump in front', async () => {
    const { driver, table, log } = leftLike('-A INPUT -j OTHER', ...ofLastRun);

    await driver.init();

    assert.deepEqual(table.lines.slice(0, 2), [`:${chain} - [0:0]`, `-A INPUT ${jump}`]);
    assert.deepEqual(table.lines.slice(3), ofLastRun.slice(2));
    assert.deepEqual(log.lines, [
      `info: iptables: the rules that the last run left in ${chain} stay until the first comparison`,
    ]);
  });

  for (const [title, lines] of [
    ['the chain of an original that has only begun', [`:${chain} - [0:0]`]],
    ['an empty chain that is jumped to', [`:${chain} - [0:0]`, `-A INPUT ${jump}`]],
    ['a chain without its last rule', ofLastRun.slice(0, 3)],
    ['rules that are not in order', [...ofLastRun, `-A ${chain} -m mac --mac-source ${mac} -j DROP`]],
    ['a rule that is there twice', [...ofLastRun.slice(0, 3), ...ofLastRun.slice(2)]],
    ['verdicts that do not go together', [...ofLastRun.slice(0, 3), `-A ${chain} -j DROP`]],
    ['rules without a jump', [':ironic-inspector - [0:0]', ...ofLastRun.slice(2)]],
    [
      'an original that was ended between two chains',
      [`:${chain} - [0:0]`, `:${chain}_temp - [0:0]`, `-A ${chain}_temp -j ACCEPT`, `-A INPUT ${jump}_temp`],
    ],
  ] as const) {
    it(`is closed when it is ${title}`, async () => {
      const { driver, table } = leftLike(...lines);

      await driver.init();

      assert.deepEqual(table.lines, closed);
    });
  }

  for (const [title, lines, shown] of [
    ['rules that are not ours', [`:${chain} - [0:0]`, `-A ${chain} -p tcp -j ACCEPT`], '-p tcp -j ACCEPT'],
    [
      'a jump from another chain',
      [`:${chain} - [0:0]`, `-A FORWARD -j ${chain}`],
      `iptables -D FORWARD -j ${chain}`,
    ],
    [
      'a jump for another interface',
      [`:${chain} - [0:0]`, `-A INPUT -i eth9 -p udp -m udp --dport 67 -j ${chain}`],
      `iptables -D INPUT -i eth9 -p udp -m udp --dport 67 -j ${chain}`,
    ],
    ['a goto', [`:${chain} - [0:0]`, `-A INPUT -p udp -g ${chain}`], `-g ${chain}`],
  ] as const) {
    it(`is refused, and left alone also at the end, when the chain has ${title}`, async () => {
      const { driver, table } = leftLike(...lines);
      const before = table.lines;

      await assert.rejects(
        driver.init(),
        (error: any) =>
          error.kind === 'invalid' &&
          error.message.startsWith(
            `The iptables filter does not work here: the chain ${chain} belongs to somebody else`,
          ) &&
          error.message.includes(shown),
      );
      await driver.tearDown();

      assert.deepEqual(table.lines, before);
    });
  }

  it('is not mistaken because of a comment', async () => {
    const { driver, table } = leftLike(`-A INPUT -m comment --comment "a \\" -j ${chain} " -j ACCEPT`);

    await driver.init();

    assert.equal(table.lines.length, 4);
  });

  it('leaves a _temp chain of somebody else alone', async () => {
    const lines = [`:${chain}_temp - [0:0]`, `-A INPUT -p tcp -j ${chain}_temp`];
    const { driver, table, log } = leftLike(...lines);

    await driver.init();
    await driver.apply(denied);
    await driver.apply(denied);
    const commands = table.commands.length;
    await driver.tearDown();

    assert.deepEqual(table.lines, lines);
    assert.equal(commands, 5);
    assert.deepEqual(log.at('warning'), []);
  });

  for (const [kind, isLasting] of [
    ['invalid', true],
    ['unavailable', false],
  ] as const) {
    it(`is ${kind} when the programs do not work, ${isLasting ? 'which lasts' : 'which may pass'}`, async () => {
      const { driver, table } = leftLike();
      table.failures.push(new CommandFailed('iptables-save did not work', 4, '', isLasting));

      await assert.rejects(driver.init(), {
        kind,
        message: 'The iptables filter does not work here: iptables-save did not work',
      });
      await driver.tearDown();

      assert.deepEqual(table.lines, []);
      assert.equal(table.commands.length, 1);
    });
  }

  it('may be found at the second try', async () => {
    const { driver, table } = leftLike();
    table.failures.push(new CommandFailed('no', 4));
    await assert.rejects(driver.init(), { kind: 'unavailable' });

    await driver.init();

    assert.deepEqual(table.lines, closed);
  });
});

describe('what the iptables driver leaves at its end', () => {
  it('is nothing, also of what others have done to its chain', async () => {
    const { driver, table } = leftLike();
    await driver.init();
    table.restore(
      `*filter\n:${chain}_temp - [0:0]\n-A INPUT ${jump}\n-A INPUT ${jump}_temp\n-A ${chain} -p tcp -j DROP\nCOMMIT\n`,
    );

    await driver.tearDown();

    assert.deepEqual(table.lines, []);
  });

  it('is an empty chain where somebody else jumps to it', async () => {
    const { driver, table } = leftLike();
    await driver.init();
    table.restore(`*filter\n-A FORWARD -j ${chain}\nCOMMIT\n`);

    await driver.apply(denied);
    await driver.tearDown();

    assert.deepEqual(table.lines, [`:${chain} - [0:0]`, `-A FORWARD -j ${chain}`]);
  });

  it('is nothing when others were faster', async () => {
    const { driver, table } = leftLike();
    await driver.init();
    table.restore(`*filter\n-D INPUT ${jump}\n:${chain} - [0:0]\n-X ${chain}\nCOMMIT\n`);

    await driver.tearDown();

    assert.equal(table.commands.at(-1)?.program, 'iptables-save');
  });

  it('is tried again after a failure', async () => {
    const { driver, table } = leftLike();
    await driver.init();
    table.failures.push(new CommandFailed('no', 4));

    await assert.rejects(driver.tearDown(), { kind: 'unavailable' });
    await driver.tearDown();

    assert.deepEqual(table.lines, []);
  });
});

// Shows these lines of docs/compatibility.md: iptables-needs-wait, iptables-same-set-again.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FakeFilterTable } from '../../../testing/fake-filter-table.ts';
import { filterDriverContract } from '../../../testing/filter-driver-contract.ts';
import { filterVerdict } from '../../../testing/filter-verdict.ts';
import { recordingLogger } from '../../../testing/recording-logger.ts';
import { defaultsOf } from '../../config/option.ts';
import { InspectorError } from '../../errors/inspector-error.ts';
import { CommandFailed } from '../../host/privileged-command-failure.ts';
import type { Access, AccessMode } from '../access.ts';
import { iptablesDriver } from './iptables-driver.ts';
import { type IptablesOptions, iptablesOptions } from './iptables-options.ts';

const defaults = defaultsOf(iptablesOptions);
const [a, b, c] = ['52:54:00:00:00:0a', '52:54:00:00:00:0b', '52:54:00:00:00:0c'] as const;
const jump = '-i br-ctlplane -p udp -m udp --dport 67 -j ironic-inspector';
const jumpToTemp = `${jump}_temp`;
const reject = '-j REJECT --reject-with icmp-port-unreachable';

const access = (mode: AccessMode, allowed: readonly string[], denied: readonly string[]): Access => ({
  mode,
  allowed: new Set(allowed),
  denied: new Set(denied),
});
const change = (lists: { allow?: string[]; deny?: string[]; forget?: string[] }, modeWas: AccessMode) => ({
  allow: [],
  deny: [],
  forget: [],
  ...lists,
  modeWas,
});
const noPrivileges = () => new CommandFailed('iptables-restore ended with 4: you must be root', 4);
const tooSlow = () => new CommandFailed('iptables-restore did not work: it took more than 60 s');

/** A driver over a table of its own. */
function surroundings(options: Partial<IptablesOptions> = {}) {
  const table = new FakeFilterTable();
  const log = recordingLogger();
  const make = () => iptablesDriver({ ...defaults, ...options }, { run: table.run, log });
  const driver = make();
  /** What was restored and looked at since the last time. */
  const done = () =>
    table.commands.splice(0).map(({ program, input }) => (input === undefined ? program : input));
  return { table, log, make, driver, done };
}

/** As `surroundings`, with a driver that has put this in force. */
async function inForce(given: Access, options: Partial<IptablesOptions> = {}) {
  const on = surroundings(options);
  await on.driver.init();
  await on.driver.apply(given);
  on.done();
  return on;
}

filterDriverContract('iptables, over a table in memory', () => {
  const { table, make } = surroundings();
  return {
    make,
    answers: (mac) =>
      filterVerdict(table.saved, { interfaceName: 'br-ctlplane', port: 67, mac }) === 'ACCEPT',
    damage: () => table.restore('*filter\n:ironic-inspector - [0:0]\n-I INPUT -j ACCEPT\nCOMMIT\n'),
    failNext: () => void table.failures.push(noPrivileges(), noPrivileges()),
  };
});

describe('the iptables driver', () => {
  it('closes at once, and removes everything at the end', async () => {
    const { driver, table, done, log } = surroundings();

    await driver.init();
    const closed = table.lines;
    await driver.tearDown();
    await driver.tearDown();

    assert.deepEqual(closed, [
      ':ironic-inspector - [0:0]',
      `-A INPUT ${jump}`,
      `-A ironic-inspector ${reject}`,
    ]);
    assert.deepEqual(table.lines, []);
    assert.deepEqual(done(), [
      'iptables-save',
      `*filter\n:ironic-inspector - [0:0]\n-A ironic-inspector -j REJECT\n-I INPUT ${jump}\nCOMMIT\n`,
      'iptables-save',
      `*filter\n-D INPUT ${jump}\n:ironic-inspector - [0:0]\n-X ironic-inspector\nCOMMIT\n`,
    ]);
    assert.deepEqual(log.lines, [
      'info: iptables: ironic-inspector lets nobody in until the first comparison',
    ]);
  });

  for (const [version, family, port] of [
    ['4', 'iptables', 67],
    ['6', 'ip6tables', 547],
  ] as const) {
    for (const [mode, rules] of [
      ['deny-list', [`-m mac --mac-source ${b} -j DROP`, `-m mac --mac-source ${c} -j DROP`, '-j ACCEPT']],
      ['allow-list', [`-m mac --mac-source ${a} -j ACCEPT`, '-j DROP']],
    ] as const) {
      it(`loads a ${mode} in one transaction by ${family}`, async () => {
        const options = { ip_version: version, dnsmasq_interface: 'eth1.7', firewall_chain: 'pxe' };
        const { driver, table } = surroundings(options);
        await driver.init();
        table.commands.length = 0;

        await driver.apply(access(mode, [a], [b, c]));

        const rule = `-i eth1.7 -p udp -m udp --dport ${port} -j pxe`;
        const lines = [
          ':pxe - [0:0]',
          ...rules.map((one) => `-A pxe ${one}`),
          `-D INPUT ${rule}`,
          `-I INPUT ${rule}`,
        ];
        assert.deepEqual(table.commands, [
          { program: `${family}-save`, args: ['-t', 'filter'] },
          {
            program: `${family}-restore`,
            args: ['--noflush', '-w', '10'],
            input: `*filter\n${lines.join('\n')}\nCOMMIT\n`,
          },
        ]);
      });
    }
  }

  it('changes single rules for a small change, without looking', async () => {
    const { driver, done, table } = await inForce(access('deny-list', [], [a, b]));

    await driver.apply(access('deny-list', [a], [b, c]), change({ allow: [a], deny: [c] }, 'deny-list'));

    assert.deepEqual(done(), [
      `*filter\n-I ironic-inspector -m mac --mac-source ${c} -j DROP\n-D ironic-inspector -m mac --mac-source ${a} -j DROP\n-D INPUT ${jump}\n-I INPUT ${jump}\nCOMMIT\n`,
    ]);
    assert.deepEqual(table.lines.slice(2), [
      `-A ironic-inspector -m mac --mac-source ${c} -j DROP`,
      `-A ironic-inspector -m mac --mac-source ${b} -j DROP`,
      '-A ironic-inspector -j ACCEPT',
    ]);
  });

  it('runs nothing for a change that its rules do not show', async () => {
    const { driver, done } = await inForce(access('allow-list', [a], [b]));

    await driver.apply(access('allow-list', [a], [c]), change({ deny: [c], forget: [b] }, 'allow-list'));
    await driver.apply(access('allow-list', [a], [c]), change({}, 'allow-list'));

    assert.deepEqual(done(), []);
  });

  it('loads all rules anew, still without looking, for another mode and for many changes', async () => {
    const many = Array.from({ length: 101 }, (_, index) => `52:54:00:00:01:${(index + 16).toString(16)}`);
    const { driver, done, table } = await inForce(access('deny-list', [a], [b]));

    await driver.apply(access('allow-list', [a], [b]), change({}, 'deny-list'));
    const otherMode = done();
    await driver.apply(access('allow-list', [a, ...many], [b]), change({ allow: many }, 'allow-list'));

    assert.match(otherMode.join('|'), /^\*filter\n:ironic-inspector - \[0:0\]\n/);
    assert.match(done().join('|'), /^\*filter\n:ironic-inspector - \[0:0\]\n/);
    assert.equal(table.lines.length, 2 + 102 + 1);
  });

  it('lets the same machines in again after it was closed (docs/compatibility.md, iptables-same-set-again)', async () => {
    const { driver, table } = await inForce(access('allow-list', [a], []));
    const before = table.lines;

    await driver.apply(access('closed', [], []), change({ forget: [a] }, 'allow-list'));
    const closed = table.lines;
    await driver.apply(access('allow-list', [a], []), change({ allow: [a] }, 'closed'));

    assert.deepEqual(closed.slice(2), [`-A ironic-inspector ${reject}`]);
    assert.deepEqual(table.lines, before);
  });

  it('looks when a change is none of what it has in force', async () => {
    const { driver, table } = await inForce(access('deny-list', [], [a]));

    await driver.apply(access('deny-list', [], [a, b, c]), change({ deny: [c] }, 'deny-list'));

    assert.equal(table.lines.length, 2 + 4);
  });

  it('looks for nothing more when all is as it should be', async () => {
    const { driver, done, log } = await inForce(access('deny-list', [], [a]));

    await driver.apply(access('deny-list', [], [a]));

    assert.deepEqual(done(), ['iptables-save']);
    assert.deepEqual(log.at('warning'), []);
  });

  for (const [title, script, told] of [
    ['no jump', `-D INPUT ${jump}`, 'INPUT has no jump to it'],
    ['two jumps', `-I INPUT ${jump}`, 'INPUT has several jumps to it'],
    [
      'a rule before the jump',
      '-I INPUT -i other -j ACCEPT',
      'the jump to it is not the first rule of INPUT',
    ],
    ['no rules', ':ironic-inspector - [0:0]', 'the rules of the chain are others'],
    ['another rule', '-I ironic-inspector -j RETURN', 'the rules of the chain are others'],
    [
      'a rule that is missing',
      `-D ironic-inspector -m mac --mac-source ${a} -j DROP`,
      'the rules of the chain are others',
    ],
    [
      'no chain',
      `-D INPUT ${jump}\n:ironic-inspector - [0:0]\n-X ironic-inspector`,
      'the chain is not there',
    ],
    [
      "the original's chain as it is replaced",
      `:ironic-inspector_temp - [0:0]\n-A ironic-inspector_temp -j ACCEPT\n-I INPUT ${jumpToTemp}`,
      'there is a chain that ends in _temp',
    ],
  ] as const) {
    it(`repairs ${title}, and says so`, async () => {
      const { driver, table, log } = await inForce(access('deny-list', [], [a]));
      const before = table.lines;
      table.restore(`*filter\n${script}\nCOMMIT\n`);

      await driver.apply(access('deny-list', [], [a]));

      const left = table.lines.filter((line) => !line.includes('other'));
      assert.deepEqual(left, before);
      assert.equal(table.lines.indexOf(`-A INPUT ${jump}`), 1);
      assert.match(log.at('warning').join('|'), /^iptables: somebody else has changed ironic-inspector/);
      assert.match(log.at('warning').join('|'), new RegExp(told));
    });
  }

  it('leaves the rules alone when only the jump is wrong', async () => {
    const { driver, table, done } = await inForce(access('deny-list', [], [a]));
    table.restore(`*filter\n-I INPUT ${jump}\nCOMMIT\n`);

    await driver.apply(access('deny-list', [], [a]));

    assert.equal(done()[1], `*filter\n-D INPUT ${jump}\n-D INPUT ${jump}\n-I INPUT ${jump}\nCOMMIT\n`);
  });

  it('repairs within the call when a change is refused because of what somebody else did', async () => {
    const { driver, table, done, log } = await inForce(access('deny-list', [], [a, b]));
    table.restore(`*filter\n-D INPUT ${jump}\nCOMMIT\n`);

    await driver.apply(access('deny-list', [a], [b]), change({ allow: [a] }, 'deny-list'));

    assert.equal(done().length, 3);
    assert.deepEqual(table.lines, [
      ':ironic-inspector - [0:0]',
      `-A INPUT ${jump}`,
      `-A ironic-inspector -m mac --mac-source ${b} -j DROP`,
      '-A ironic-inspector -j ACCEPT',
    ]);
    assert.match(log.at('warning').join(), /INPUT has no jump to it/);
  });

  it('looks the next time after a command of which nobody knows how it ended', async () => {
    const { driver, table, done } = await inForce(access('deny-list', [], [a]));
    table.failures.push(tooSlow());

    await assert.rejects(
      driver.apply(access('deny-list', [], []), change({ forget: [a] }, 'deny-list')),
      (error) =>
        error instanceof InspectorError &&
        error.kind === 'unavailable' &&
        error.message ===
          'The iptables filter cannot be brought in line: iptables-restore did not work: it took more than 60 s',
    );
    done();
    await driver.apply(access('deny-list', [], []), change({ forget: [a] }, 'deny-list'));

    assert.equal(done()[0], 'iptables-save');
    assert.equal(table.lines.length, 3);
  });

  it('lets a fault of the program through', async () => {
    const { driver, table } = await inForce(access('deny-list', [], [a]));
    table.failures.push(new TypeError('no'));

    await assert.rejects(driver.apply(access('deny-list', [], [a])), TypeError);
  });

  const hostile = [
    '',
    '52:54:00:00:00',
    '52:54:00:00:00:0A',
    '52-54-00-00-00-0a',
    `${a}\nCOMMIT\n*filter\n-F INPUT`,
    `${a} -j ACCEPT`,
    `${a} `,
    '00:00:00:00:fe:80:00:00:00:00:00:00:00:02:c9:03:00:01:02:03',
  ];
  for (const mac of hostile) {
    it(`writes ${JSON.stringify(mac)} nowhere, as a whole and as a change`, async () => {
      const refused = { kind: 'unavailable', message: /expected MAC addresses of six octets in lower case/ };
      const { driver, table, done } = await inForce(access('deny-list', [], [a]));
      const before = table.lines;

      await assert.rejects(driver.apply(access('deny-list', [], [a, mac])), refused);
      const changed = driver.apply(access('deny-list', [], [a, mac]), change({ deny: [mac] }, 'deny-list'));
      await assert.rejects(changed, refused);
      const otherMode = driver.apply(access('allow-list', [mac], []), change({}, 'deny-list'));
      await assert.rejects(otherMode, refused);

      assert.deepEqual(done(), []);
      assert.deepEqual(table.lines, before);
    });
  }
});

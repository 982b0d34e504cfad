// Shows these lines of docs/compatibility.md: rootwrap-fixed-arguments.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { FakeFilterTable } from '../../../testing/fake-filter-table.ts';
import { temporaryFolder } from '../../../testing/temporary-folder.ts';
import { defaultsOf } from '../../config/option.ts';
import { parsePythonIni } from '../../config/python-ini.ts';
import type { PrivilegedCommand } from '../../host/privileged-command.ts';
import { silentLogger } from '../../logging/logger.ts';
import { iptablesDriver } from '../../pxe-filter/iptables/iptables-driver.ts';
import { iptablesOptions } from '../../pxe-filter/iptables/iptables-options.ts';
import { families } from '../../pxe-filter/nftables/hook-points.ts';
import { nftProgram } from '../../pxe-filter/nftables/nft.ts';
import { nftablesOptions } from '../../pxe-filter/nftables/nftables-options.ts';
import { buildFilter } from './build-filter.ts';
import { matchFilter } from './match-filter.ts';
import { parseRootwrapConfig } from './rootwrap-config.ts';

const etc = (name: string) =>
  readFileSync(fileURLToPath(new URL(`../../../etc/${name}`, import.meta.url)), 'utf8');

const filters = [
  ...(parsePythonIni(etc('rootwrap.d/ironic-inspector.filters'), { repeated: true }).get('Filters') ?? []),
].map(([name, value]) => buildFilter(name, value, { environment: {} }) ?? assert.fail(value));

/** No program is in the folder: what a filter allows is not found. */
const folder = temporaryFolder().path;

const isAllowed = (command: readonly string[]) =>
  matchFilter(filters, command, [folder]).kind !== 'unauthorized';

const wordsOf = ({ program, args }: PrivilegedCommand) => [program, ...args];

/** What the iptables driver runs from its start to its end. */
async function commandsOfIptables(): Promise<string[][]> {
  const table = new FakeFilterTable();
  for (const ip_version of ['4', '6'] as const) {
    const options = { ...defaultsOf(iptablesOptions), ip_version };
    const driver = iptablesDriver(options, { run: table.run, log: silentLogger() });
    await driver.init();
    await driver.apply({ mode: 'deny-list', allowed: new Set(), denied: new Set() });
    await driver.tearDown();
  }
  return table.commands.map(wordsOf);
}

/** Everything that the nftables driver asks of nft. */
async function commandsOfNft(): Promise<string[][]> {
  const commands: string[][] = [];
  const nft = nftProgram(async (command) => {
    commands.push(wordsOf(command));
    return '{"nftables": []}';
  });
  const { table } = defaultsOf(nftablesOptions);
  await nft.load('');
  await nft.canLoad('');
  await nft.familiesOf(table);
  for (const family of families) {
    const asked = [nft.table(family, table), nft.tableShape(family, table), nft.counters(family, table)];
    await Promise.allSettled(asked);
  }
  return commands;
}

/** The commands of an alias of the sudoers file, without sudo's part of them. */
function allowedBySudo(alias: string): string[] {
  const lines = etc('ironic-inspector.sudoers').replaceAll('\\\n', '');
  const found = new RegExp(`^Cmnd_Alias ${alias} = (.*)$`, 'm').exec(lines)?.[1] ?? '';
  const prefix = '/usr/bin/ironic-inspector-rootwrap /etc/ironic-inspector/rootwrap.conf ';
  return found
    .split(',')
    .map((command) => command.trim())
    .map((command) => (command.startsWith(prefix) ? command.slice(prefix.length) : assert.fail(command)));
}

const sorted = (lines: Iterable<string>) => [...new Set(lines)].toSorted();

describe('the filters and the sudoers file that the package ships', () => {
  for (const [alias, commands, count] of [
    ['INSPECTOR_IPTABLES', commandsOfIptables, 4],
    ['INSPECTOR_NFTABLES', commandsOfNft, 12],
  ] as const) {
    it(`allow what its driver runs, for ${alias}`, async () => {
      const ran = await commands();

      assert.deepEqual(
        ran.filter((command) => !isAllowed(command)),
        [],
      );
      assert.deepEqual(sorted(allowedBySudo(alias)), sorted(ran.map((command) => command.join(' '))));
      assert.equal(sorted(allowedBySudo(alias)).length, count);
    });
  }

  for (const command of [
    'iptables -F',
    'iptables -w -I INPUT -j ACCEPT',
    'ip6tables -F',
    'iptables --modprobe=/var/lib/ironic-inspector/x -t nat -L',
    'iptables-restore -w 10',
    'iptables-restore --noflush -w 10 /etc/shadow',
    'iptables-restore --noflush -w 10 --modprobe=/x',
    'iptables-restore --modprobe=/x -w 10',
    'iptables-restore --noflush -w 100',
    '/var/lib/ironic-inspector/iptables-restore --noflush -w 10',
    'iptables-save -t nat',
    'iptables-save -M /x',
    'iptables-save -t filter -f /etc/passwd',
    'nft -f /etc/shadow',
    'nft -i',
    'nft -I /x -f -',
    'nft flush ruleset',
    'nft -j list ruleset',
    'nft -j list table ip filter',
    'nft -j list table inet ;flush',
    'nft list table inet ironic_inspector',
    'sh -c id',
    'systemctl start x.service',
  ]) {
    it(`do not allow ${command}`, () => {
      assert.equal(isAllowed(command.split(' ')), false);
    });
  }

  it('go together with the configuration of rootwrap', () => {
    const config = parseRootwrapConfig(etc('rootwrap.conf'), '');

    assert.deepEqual(config.filterFolders, [
      '/etc/ironic-inspector/rootwrap.d',
      '/usr/share/ironic-inspector/rootwrap',
    ]);
    assert.ok(config.executableFolders.includes('/usr/sbin'));
  });
});

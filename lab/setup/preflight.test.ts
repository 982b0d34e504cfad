import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { labSettings } from '../../testing/lab-settings.ts';
import { madeUpLab } from '../../testing/made-up-lab.ts';
import { installPackages } from './install-packages.ts';
import { missingPackages, neededPackages } from './needed-packages.ts';
import { preflight, requirePreflight } from './preflight.ts';

const settings = labSettings();

describe('preflight', () => {
  it('finds nothing wrong where everything is there', () => {
    const results = preflight(madeUpLab());

    assert.ok(results.every(({ problem }) => problem === undefined));
    assert.doesNotThrow(() => requirePreflight(results));
  });

  it('tells all that is wrong at once', () => {
    const attempt = () => ({ status: 1, output: 'Operation not permitted\n' });
    const results = preflight(madeUpLab({ userId: 1000, architecture: 'arm64', attempt }));

    assert.throws(
      () => requirePreflight(results),
      /root: .*\nDebian or Ubuntu for amd64: .*\nnamespaces .*\(Operation not permitted\).*\ntap devices: .*modprobe tun/,
    );
  });

  it('misses the right to set up networks, which root of a container may lack', () => {
    const missing = (effective: string) => {
      const attempt = () => ({ status: 0, output: `Name:\tcat\nCapEff:\t${effective}\nCapBnd:\t0\n` });
      return preflight(madeUpLab({ attempt })).filter(({ problem }) => problem !== undefined);
    };

    // What Docker grants without --privileged, and the same with CAP_NET_ADMIN.
    assert.deepEqual(
      missing('00000000a80425fb').map(({ what }) => what),
      ['the right to set up networks'],
    );
    assert.deepEqual(missing('00000000a80435fb'), []);
  });

  it('asks for no program that a bare machine lacks', () => {
    const on = madeUpLab();

    preflight(on);

    assert.deepEqual(
      [...new Set(on.attempted.map(([program]) => program))],
      ['unshare', 'sh', 'apt-get', 'cat'],
    );
    assert.ok(!on.attempted.flat().includes('ip'));
  });
});

describe('the packages of a lab', () => {
  it('follow from what it is made of', () => {
    const least = neededPackages(settings);
    const more = (changes: object) => neededPackages({ ...settings, ...changes }).slice(least.length);

    assert.deepEqual(more({ driver: 'nftables' }), ['nftables']);
    assert.deepEqual(more({ driver: 'iptables', firmware: 'uefi' }), ['iptables', 'ovmf']);
    assert.deepEqual(more({ bmc: 'ipmi' }), ['openipmi', 'ipmitool']);
    assert.ok(more({ ironic: 'real' }).includes('ironic-conductor'));
    assert.deepEqual(more({ split: true }), ['postgresql', 'rabbitmq-server']);
  });

  it('are missing unless dpkg calls them installed', () => {
    const output = 'lldpd installed\nipxe config-files\ndpkg-query: no packages found matching openssl\n';

    assert.deepEqual(
      missingPackages(['lldpd', 'ipxe', 'openssl'], () => ({ status: 1, output })),
      ['ipxe', 'openssl'],
    );
  });

  it('are installed without their services, and the failure says why', () => {
    const on = madeUpLab();

    installPackages(['lldpd'], on.attempt);

    const [words = []] = on.attempted;
    assert.equal(words.at(-1), 'lldpd');
    assert.ok(words.some((word) => word.includes('policy-rc.d') && word.includes('exit 101')));
    const failing = () => ({ status: 100, output: 'E: Unable to locate package lldpd' });
    assert.throws(
      () => installPackages(['lldpd'], failing),
      /lldpd cannot be installed.*Unable to locate.*universe/s,
    );
    const offline = () => ({ status: 100, output: 'E: Failed to fetch' });
    assert.throws(
      () => installPackages(['lldpd'], offline),
      /lldpd cannot be installed; apt-get says: E: Failed to fetch$/,
    );
  });
});

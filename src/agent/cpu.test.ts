// Shows these lines of docs/compatibility.md: agent-unknown-null.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fakeSurroundings } from '../../testing/fake-surroundings.ts';
import { type FakeSysfs, fakeSysfs } from '../../testing/fake-sysfs.ts';
import { readCpu } from './cpu.ts';
import { openMachine } from './machine.ts';

const cpuOf = (tree: FakeSysfs, architecture = 'x86_64') =>
  readCpu(openMachine(fakeSurroundings(tree, { architecture })));
const directory = '/sys/devices/system/cpu';

describe('reading the CPU', () => {
  it('sums up two sockets of two cores', (t) => {
    const tree = fakeSysfs(t).files({
      '/proc/cpuinfo':
        'processor\t: 0\nmodel name\t: Intel(R) Xeon(R) Gold\ncpu MHz\t\t: 2100.123\nflags\t\t: fpu vmx  avx\n\n' +
        'processor\t: 1\nmodel name\t: other',
      [`${directory}/present`]: '0-2,5',
      [`${directory}/cpu0/topology/physical_package_id`]: '0',
      [`${directory}/cpu1/topology/physical_package_id`]: '0',
      [`${directory}/cpu2/topology/physical_package_id`]: '1',
      [`${directory}/cpu1/cpufreq/cpuinfo_max_freq`]: '3700000',
      [`${directory}/cpu2/cpufreq/cpuinfo_max_freq`]: '3500000',
      [`${directory}/cpufreq/x`]: '',
    });

    assert.deepEqual(cpuOf(tree), {
      model_name: 'Intel(R) Xeon(R) Gold',
      frequency: '3700.0000',
      count: 4,
      architecture: 'x86_64',
      flags: ['fpu', 'vmx', 'avx'],
      socket_count: 2,
    });
  });

  it('takes the current frequency when no highest one is known, and counts /proc when /sys does not', (t) => {
    const tree = fakeSysfs(t).files({
      '/proc/cpuinfo': 'processor : 0\ncpu MHz : 2596.136\n\nprocessor : 1',
      [`${directory}/present`]: 'odd',
    });

    const cpu = cpuOf(tree);

    assert.equal(cpu.frequency, '2596.136');
    assert.equal(cpu.count, 2);
    assert.equal(cpu.socket_count, null);
  });

  it('reads an aarch64 machine, whose cores have numbers for names', (t) => {
    const tree = fakeSysfs(t).files({
      '/proc/cpuinfo':
        'processor\t: 0\nBogoMIPS\t: 243.75\nFeatures\t: fp asimd aes\nCPU implementer\t: 0x41\nCPU part\t: 0xd0c',
      [`${directory}/present`]: '0',
      [`${directory}/cpu0/topology/physical_package_id`]: '-1',
    });

    assert.deepEqual(cpuOf(tree, 'aarch64'), {
      model_name: 'Neoverse-N1',
      frequency: null,
      count: 1,
      architecture: 'aarch64',
      flags: ['fp', 'asimd', 'aes'],
      socket_count: null,
    });
  });

  it('gives no name to a core that it does not know', (t) => {
    const tree = fakeSysfs(t).files({
      '/proc/cpuinfo': 'processor : 0\nCPU implementer : 0x41\nCPU part : 0xfff',
    });

    assert.equal(cpuOf(tree, 'aarch64').model_name, null);
  });

  it('reads POWER and IBM Z', (t) => {
    const power = fakeSysfs(t).files({ '/proc/cpuinfo': 'processor : 0\ncpu : POWER9, altivec supported\n' });
    const z = fakeSysfs(t).files({
      '/proc/cpuinfo': 'vendor_id : IBM/S390\nfeatures : esan3 zarch\nprocessor 0: version = 00',
    });

    assert.equal(cpuOf(power, 'ppc64le').model_name, 'POWER9, altivec supported');
    assert.deepEqual([cpuOf(z, 's390x').count, cpuOf(z, 's390x').flags], [1, ['esan3', 'zarch']]);
  });

  it('survives a machine that tells nothing', (t) => {
    assert.deepEqual(cpuOf(fakeSysfs(t), ''), {
      model_name: null,
      frequency: null,
      count: 0,
      architecture: null,
      flags: [],
      socket_count: null,
    });
  });
});

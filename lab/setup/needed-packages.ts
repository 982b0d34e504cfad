import type { LabSettings } from './lab-settings.ts';

/** What the ramdisk is built with; kernels of Debian 13 and later have modules that are compressed by xz. */
export const ramdiskPackages: readonly string[] = ['busybox-static', 'xz-utils'];

/** Packages that every lab needs; Debian and Ubuntu call them the same. */
const always = [
  ...ramdiskPackages,
  'dnsmasq-base',
  'iproute2',
  'ipxe',
  'ipxe-qemu',
  'lldpd',
  'mount',
  'openssl',
  'qemu-system-x86',
  'tcpdump',
  'util-linux',
];

/** The packages of a lab with these settings. */
export function neededPackages({ driver, ironic, bmc, firmware, split }: LabSettings): string[] {
  return [
    ...always,
    ...(driver === 'nftables' ? ['nftables'] : []),
    ...(driver === 'iptables' ? ['iptables'] : []),
    ...(firmware === 'uefi' ? ['ovmf'] : []),
    ...(bmc === 'ipmi' ? ['openipmi', 'ipmitool'] : []),
    ...(ironic === 'real'
      ? ['ironic-api', 'ironic-conductor', 'python3-ironicclient', 'python3-openstackclient', 'python3-sushy']
      : []),
    ...(split ? ['postgresql', 'rabbitmq-server'] : []),
  ];
}

/** Runs a program to its end. */
export type AttemptProgram = (words: readonly string[]) => {
  readonly status: number | null;
  readonly output: string;
};

/** Which of the packages are not installed. */
export function missingPackages(packages: readonly string[], attempt: AttemptProgram): string[] {
  const format = '${Package} ${db:Status-Status}\n';
  const { output } = attempt(['dpkg-query', '--show', '--showformat', format, ...packages]);
  const installed = new Set(output.split('\n').flatMap((line) => /^(\S+) installed$/.exec(line)?.[1] ?? []));
  return packages.filter((name) => !installed.has(name));
}

import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Ramdisk } from '../ramdisk/build-ramdisk.ts';

/** What a machine that boots over the network gets. */
export interface NetworkBoot {
  /** Folder for all that is fetched; served by TFTP, and by HTTP where `fetchUrl` says so. */
  readonly folder: string;
  readonly ramdisk: Ramdisk;
  /** Where the folder is found: `http://10.77.0.1:8080` or `tftp://10.77.0.1`. */
  readonly fetchUrl: string;
  /** `ipa-inspection-callback-url`; several separated by commas. */
  readonly callbackUrl: string;
  /** More of the kernel's command line, such as `lab-power-off=1`. */
  readonly parameters?: readonly string[];
}

/** iPXE for firmware that does not have it, of Debian's package ipxe. */
const ipxe = { bios: 'undionly.kpxe', uefi: 'snponly.efi' } as const;

/** The names of what lies in the folder. */
export const bootFiles = { ...ipxe, script: 'boot.ipxe', kernel: 'vmlinuz', initrd: 'initrd' } as const;

/** Puts iPXE, its script, kernel and initrd into the folder. */
export function writeBootFiles(boot: NetworkBoot): void {
  const { folder, ramdisk } = boot;
  mkdirSync(folder, { recursive: true });
  for (const name of Object.values(ipxe)) copyFileSync(join('/usr/lib/ipxe', name), join(folder, name));
  copyFileSync(ramdisk.kernel, join(folder, bootFiles.kernel));
  copyFileSync(ramdisk.initrd, join(folder, bootFiles.initrd));
  writeFileSync(join(folder, bootFiles.script), bootScript(boot));
}

/** What iPXE does, on firmware of either kind. */
export function bootScript({ fetchUrl, callbackUrl, parameters = [] }: NetworkBoot): string {
  const { kernel, initrd } = bootFiles;
  const words = [
    // UEFI hands over no initrd but by name.
    `initrd=${initrd}`,
    'console=ttyS0',
    'quiet',
    `ipa-inspection-callback-url=${callbackUrl}`,
    'BOOTIF=01-${netX/mac:hexhyp}',
    ...parameters,
  ];
  return [
    '#!ipxe',
    `kernel ${fetchUrl}/${kernel} ${words.join(' ')}`,
    `initrd ${fetchUrl}/${initrd}`,
    'boot',
    '',
  ].join('\n');
}

/** What dnsmasq needs to know of the network. */
export interface BootNetwork {
  /** Network device that it listens on. */
  readonly device: string;
  /** First and last address to give away. */
  readonly range: readonly [first: string, last: string];
  readonly boot: Pick<NetworkBoot, 'folder' | 'fetchUrl'>;
}

/**
 * Lines of dnsmasq's configuration for DHCP and TFTP, for firmware of either kind, with iPXE and without, by PXE and (UEFI)
 * by HTTP. No DNS.
 */
export function dnsmasqSettings({ device, range, boot }: BootNetwork): string[] {
  return [
    'port=0',
    `interface=${device}`,
    'bind-interfaces',
    `dhcp-range=${range.join(',')},1h`,
    'no-ping',
    'dhcp-authoritative',
    'enable-tftp',
    `tftp-root=${boot.folder}`,
    // iPXE waits 13 s for a router that speaks IPv6, and 3 s for a second server that names the boot file.
    'enable-ra',
    'dhcp-range=fd77::,ra-only,64',
    'dhcp-option=encap:175,176,1b',
    'dhcp-match=set:ipxe,175',
    `dhcp-boot=tag:ipxe,${boot.fetchUrl}/${bootFiles.script}`,
    'dhcp-match=set:bios,option:client-arch,0',
    `dhcp-boot=tag:bios,tag:!ipxe,${bootFiles.bios}`,
    ...[7, 9].map((architecture) => `dhcp-match=set:uefi,option:client-arch,${architecture}`),
    `dhcp-boot=tag:uefi,tag:!ipxe,${bootFiles.uefi}`,
    'dhcp-match=set:uefi-http,option:client-arch,16',
    'dhcp-option-force=tag:uefi-http,tag:!ipxe,60,HTTPClient',
    `dhcp-boot=tag:uefi-http,tag:!ipxe,${boot.fetchUrl}/${bootFiles.uefi}`,
  ];
}

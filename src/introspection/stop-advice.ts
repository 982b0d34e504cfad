import type { StageName } from '../nodes/stage.ts';

const unmanaged =
  'Whoever started the introspection boots the machine: check that it was powered on, and that it boots from the network.';

const advice: Readonly<Record<StageName | 'started', string>> = {
  started:
    'PXE access was not opened: check the log for the PXE filter and for the ports of the node in the bare metal service.',
  'pxe-access-opened':
    'The boot device was not set: check the address and credentials of the BMC, and that it takes a boot device.',
  'boot-device-set': 'The machine was not powered on: check the power management of the node.',
  'power-on-acknowledged':
    'The bare metal service took the order to power the machine on, and no DHCP request is known of. Check power_state and last_error of the node, that it boots from the network by a card whose MAC address a port of the node has, then cabling, VLAN and DHCP relay. Without [boot_evidence]dnsmasq_log, the log of the DHCP server alone says whether it asked.',
  'dhcp-request-seen':
    'The DHCP server made no offer: check that its range covers the network that the request came from and has free addresses, and what its log says of this MAC address.',
  'dhcp-request-ignored':
    'The DHCP server is told to ignore this MAC address: check the PXE filter, and that the DHCP server reads what the filter writes.',
  'dhcp-offer-sent':
    'The machine did not take the offer: check for a second DHCP server on the network, and that broadcasts reach the machine.',
  'dhcp-lease-given':
    'The machine has an address and fetched no boot file by TFTP: check the name and the server of the boot file, and that the firmware mode (BIOS or UEFI) suits it. Boot files that are fetched by HTTP are in the log of that server alone.',
  'boot-file-missing':
    'The machine asked for a boot file that the TFTP server does not have: check its name and the folder of the TFTP server.',
  'boot-file-fetched':
    'The machine booted from the network and did not call back: look at its console. Check that kernel and ramdisk can be fetched, that the ramdisk has a driver for its network card, and that ipa-inspection-callback-url leads to this service.',
  'callback-received': 'The ramdisk called back; what came after is in the log of this service.',
  'powered-off': 'The machine was powered off; what came after is in the log of this service.',
};

const known: ReadonlyMap<string, string> = new Map(Object.entries(advice));

/** What to check when an introspection does not get beyond a stage. */
export function stopAdvice(stage: string, manageBoot: boolean): string {
  if (!manageBoot && stage === 'pxe-access-opened') return unmanaged;
  return known.get(stage) ?? advice['callback-received'];
}

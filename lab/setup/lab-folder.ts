import { join } from 'node:path';

/** Where a lab keeps all that it has; nothing of it lies elsewhere, and it goes with the lab. */
export interface LabFolder {
  readonly path: string;
  /** What the lab is made of. */
  readonly settings: string;
  /** The process id of the lab, as those see it who are outside. */
  readonly pid: string;
  /** A UNIX socket: the supervisor answers there. */
  readonly control: string;
  readonly ramdisk: string;
  /** What machines fetch. */
  readonly bootFiles: string;
  /** The PEM files of the certificate of all BMCs, and of its key. */
  readonly certificate: string;
  readonly certificateKey: string;
  readonly serviceConfiguration: string;
  readonly serviceDatabase: string;
  readonly dnsmasqConfiguration: string;
  readonly dnsmasqPid: string;
  readonly dnsmasqLeases: string;
  readonly dnsmasqHosts: string;
  readonly lldp: string;
  /** For programs that make files of their own. */
  readonly temporary: string;
  /** Commands for `lab run`. */
  readonly commands: string;
  readonly logs: string;
  /** What a program of the lab has written. */
  log(name: string): string;
  machine(name: string): string;
}

/** Where a lab is unless `--state` says otherwise. */
export const defaultFolder = '/run/ironic-inspector-lab';

/** The parts of a lab's folder. */
export function labFolder(path: string): LabFolder {
  const at = (...names: string[]) => join(path, ...names);
  return {
    path,
    settings: at('lab.json'),
    pid: at('lab.pid'),
    control: at('control.sock'),
    ramdisk: at('ramdisk'),
    bootFiles: at('boot'),
    certificate: at('bmc.pem'),
    certificateKey: at('bmc-key.pem'),
    serviceConfiguration: at('ironic-inspector.conf'),
    serviceDatabase: at('ironic-inspector.sqlite'),
    dnsmasqConfiguration: at('dnsmasq.conf'),
    dnsmasqPid: at('dnsmasq.pid'),
    dnsmasqLeases: at('dnsmasq.leases'),
    dnsmasqHosts: at('dhcp-hosts'),
    lldp: at('lldp'),
    temporary: at('tmp'),
    commands: at('bin'),
    logs: at('logs'),
    log: (name) => at('logs', `${name}.log`),
    machine: (name) => at('machines', name),
  };
}

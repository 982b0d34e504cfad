import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { processorTime } from '../../testing/processor-time.ts';
import { parseDnsmasqLine } from './parse-dnsmasq-line.ts';

const mac = '52:54:00:00:00:01';
const dhcp = (message: string) => parseDnsmasqLine(`Nov 22 23:34:19 dnsmasq-dhcp[13663]: ${message}`);
const tftp = (message: string) => parseDnsmasqLine(`Nov  2 23:34:19 dnsmasq-tftp[13663]: ${message}`);

describe("a line of dnsmasq's log", () => {
  const stages: readonly (readonly [message: string, stage: string, ip: string | null])[] = [
    [`DHCPDISCOVER(br-prov) ${mac} `, 'dhcp-request-seen', null],
    [`DHCPDISCOVER(br-prov) 10.77.0.9 ${mac} `, 'dhcp-request-seen', '10.77.0.9'],
    [`692879424 DHCPDISCOVER(br-prov) ${mac} no address available`, 'dhcp-request-seen', null],
    [`DHCPDISCOVER(br-prov) ${mac} ignored`, 'dhcp-request-ignored', null],
    [`DHCPOFFER(br-prov) 10.77.0.41 ${mac} `, 'dhcp-offer-sent', '10.77.0.41'],
    [`DHCPREQUEST(br-prov) 10.77.0.41 ${mac} `, 'dhcp-request-seen', '10.77.0.41'],
    [`DHCPACK(br-prov) 10.77.0.41 ${mac} ignored`, 'dhcp-lease-given', '10.77.0.41'],
  ];
  for (const [message, stage, ip] of stages) {
    it(`says ${stage}: ${message}`, () => {
      const event = dhcp(message);

      assert.deepEqual([event?.stage, event?.mac, event?.ip ?? null], [stage, mac, ip]);
      assert.equal(event?.evidence.interface, 'br-prov');
    });
  }

  it('names a boot file and who got it', () => {
    assert.deepEqual(tftp('sent /tftpboot/undionly.kpxe to 10.77.0.41'), {
      stage: 'boot-file-fetched',
      ip: '10.77.0.41',
      evidence: { file: '/tftpboot/undionly.kpxe', ip: '10.77.0.41' },
    });
  });

  it('names a boot file that is not there, without what could steer a terminal', () => {
    const event = tftp(`file /tftpboot/${'x'.repeat(300)}\u001b[2J not found for 10.77.0.41`);
    const odd = tftp('file /a\u001b[2J not found for 10.77.0.41');

    assert.equal(event?.stage, 'boot-file-missing');
    assert.match(JSON.stringify(event?.evidence), /^\{"file":"\/tftpboot\/x{190}… \[cut/);
    assert.equal(odd?.evidence.file, '/a\\x1b[2J');
  });

  it('has the form that syslog gives it', () => {
    const line = `2026-11-22T23:34:19.123+00:00 host dnsmasq-dhcp[1]: DHCPACK(b) 10.0.0.2 52:54:00:AA:00:01 name`;

    assert.equal(parseDnsmasqLine(line)?.mac, '52:54:00:aa:00:01');
  });

  const strange: readonly string[] = [
    '',
    'dnsmasq-dhcp[1]: ',
    'Nov 22 23:34:15 dnsmasq[13663]: started, version 2.90 DNS disabled',
    'Nov 22 23:34:15 dnsmasq-dhcp[1]: DHCP, IP range 10.77.0.10 -- 10.77.0.50, lease time 1h',
    `Nov 22 23:34:15 dnsmasq-dhcp[1]: DHCPNAK(b) 10.0.0.2 ${mac} wrong address`,
    `Nov 22 23:34:15 dnsmasq-dhcp[1]: DHCPACK(b) 10.0.0.299 ${mac}`,
    'Nov 22 23:34:15 dnsmasq-dhcp[1]: DHCPACK(b) 10.0.0.2 52:54:00:00:00:::',
    `Nov 22 23:34:15 dnsmasq-dhcp[1]: DHCPACK(${'b'.repeat(16)}) 10.0.0.2 ${mac}`,
    'Nov 22 23:34:15 dnsmasq-tftp[1]: sent /a to nowhere',
    'Nov 22 23:34:15 dnsmasq-tftp[1]: sent relative to 10.0.0.2',
    'Nov 22 23:34:15 dnsmasq-tftp[1]: error 0 TFTP Aborted received from 10.0.0.2',
    // What a machine or another program writes does not count as dnsmasq's.
    `Nov 22 23:34:15 host sshd[7]: Invalid user dnsmasq-dhcp[1]: DHCPACK(b) 10.0.0.2 ${mac}`,
    `Nov 22 23:34:15 host login: bad name dnsmasq-dhcp[1]: DHCPACK(b) 10.0.0.2 ${mac}`,
    `Nov 22 23:34:15 dnsmasq-tftp[1]: file /dnsmasq-dhcp[1]: DHCPACK(b) 10.0.0.2 ${mac}`,
    `Nov 22 23:34:15 dnsmasq-dhcp[1]: client provides name: DHCPACK(b) 10.0.0.2 ${mac}`,
  ];
  for (const line of strange) {
    it(`says nothing of a boot: ${line}`, () => assert.equal(parseDnsmasqLine(line), undefined));
  }

  it('is read in a moment, however it is made up', () => {
    const lines = [' '.repeat(4096), 'a '.repeat(2048), 'a'.repeat(4096), 'dnsmasq-dhcp'.repeat(340)];
    const spent = processorTime();

    const events = lines.map(parseDnsmasqLine);

    assert.deepEqual(events, [undefined, undefined, undefined, undefined]);
    assert.ok(spent() < 1000);
  });
});

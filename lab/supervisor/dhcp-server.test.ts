import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { labSettings } from '../../testing/lab-settings.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { labFolder } from '../setup/lab-folder.ts';
import { dhcpServer, prepareDhcpServer } from './dhcp-server.ts';

describe('the DHCP server of a lab', () => {
  it('reads the files of the filter dnsmasq, and of no other', () => {
    const folder = labFolder(temporaryFolder().path);
    mkdirSync(folder.logs);
    prepareDhcpServer(folder);

    const command = dhcpServer(labSettings({ driver: 'dnsmasq' }), folder);
    const ofDnsmasq = readFileSync(folder.dnsmasqConfiguration, 'utf8');
    dhcpServer(labSettings({ driver: 'nftables' }), folder);
    const ofNftables = readFileSync(folder.dnsmasqConfiguration, 'utf8');

    assert.deepEqual(command, [
      'dnsmasq',
      '--keep-in-foreground',
      `--conf-file=${folder.dnsmasqConfiguration}`,
    ]);
    assert.equal(ofDnsmasq.replace(`dhcp-hostsdir=${folder.dnsmasqHosts}\n`, ''), ofNftables);
    assert.notEqual(ofDnsmasq, ofNftables);
    assert.match(ofNftables, /^dhcp-range=172\.24\.42\.100,172\.24\.42\.253,1h$/m);
  });
});

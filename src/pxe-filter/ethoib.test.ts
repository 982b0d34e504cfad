import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { recordingLogger } from '../../testing/recording-logger.ts';
import { ethoibNeighbours } from './ethoib.ts';

const guids = ['7c:fe:90:03:00:29:26:52', '7c:fe:90:03:00:29:24:4f'] as const;
const clientId = (guid: string) => `ff:00:00:00:00:00:02:00:00:02:c9:00:${guid}`;
const line = (mac: string, guid: string) => `EMAC=${mac} IMAC=97:fe:80:00:00:00:00:00:00:${guid}\n`;

/** The function that is read from these files, by interface. */
async function neighbours(files: Readonly<Record<string, string>>, interfaces = Object.keys(files)) {
  const log = recordingLogger();
  const read = async (path: string) => {
    const text = files[path.replace('/sys/class/net/', '').replace('/eth/neighs', '')];
    if (text === undefined) throw new Error('ENOENT');
    return text;
  };
  const readAgain = ethoibNeighbours(interfaces, log, read);
  return { log, readAgain, seenAs: await readAgain() };
}

describe('Ethernet over InfiniBand', () => {
  it('maps a client-id to the Ethernet address of its GUID, which are the last 8 bytes', async () => {
    const { seenAs } = await neighbours({
      eth0: line('02:00:00:97:00:01', guids[0]) + line('02:00:00:61:00:02', guids[1]),
    });

    assert.equal(seenAs(clientId(guids[0])), '02:00:00:97:00:01');
    assert.equal(seenAs(clientId(guids[1])), '02:00:00:61:00:02');
    assert.equal(seenAs(clientId('00:00:00:00:00:00:00:00')), undefined);
  });

  it('takes the first line of an interface, and the last interface that has one', async () => {
    const { seenAs } = await neighbours({
      eth0: line('02:00:00:00:00:01', guids[0]) + line('02:00:00:00:00:02', guids[0]),
      eth1: line('02:00:00:00:00:03', guids[1]),
      eth2: line('02:00:00:00:00:04', guids[1]),
    });

    assert.equal(seenAs(clientId(guids[0])), '02:00:00:00:00:01');
    assert.equal(seenAs(clientId(guids[1])), '02:00:00:00:00:04');
  });

  it('takes no Ethernet address in capitals, and a GUID for no pattern', async () => {
    const { seenAs } = await neighbours({
      eth0: line('02:00:00:00:00:AB', guids[0]) + line('02:00:00:00:00:01', guids[1]),
    });

    assert.equal(seenAs(clientId(guids[0])), undefined);
    assert.equal(seenAs('.*'), undefined);
  });

  for (const value of ['', null, undefined, 7, {}]) {
    it(`maps nothing for the client-id ${JSON.stringify(value)}`, async () => {
      const { seenAs } = await neighbours({ eth0: line('02:00:00:00:00:01', guids[0]) });

      assert.equal(seenAs(value), undefined);
    });
  }

  it('names an interface that is none once, until it is one', async () => {
    const files: Record<string, string> = { eth0: line('02:00:00:00:00:01', guids[0]) };
    const { log, readAgain, seenAs } = await neighbours(files, ['eth0', 'eth1']);
    await readAgain();
    files['eth1'] = '';
    await readAgain();
    delete files['eth1'];
    await readAgain();

    const line1 = 'error: Interface eth1 is not Ethernet Over InfiniBand; Skipping ...';
    assert.deepEqual(log.lines, [line1, line1]);
    assert.equal(seenAs(clientId(guids[0])), '02:00:00:00:00:01');
  });

  it('reads nothing where no interface is named', async () => {
    const { seenAs, log } = await neighbours({});

    assert.equal(seenAs(clientId(guids[0])), undefined);
    assert.deepEqual(log.lines, []);
  });

  it('reads the files of the kernel', async () => {
    const log = recordingLogger();

    await ethoibNeighbours(['no-such-interface'], log)();

    assert.equal(log.lines.length, 1);
  });
});

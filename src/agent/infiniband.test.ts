import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { infinibandIdentity } from './infiniband.ts';

const address = 'a0:00:00:27:fe:80:00:00:00:00:00:00:7c:fe:90:03:00:29:26:52';

describe('the identity of an InfiniBand port', () => {
  it('makes MAC and client id of the GUID of a Mellanox port', () => {
    assert.deepEqual(infinibandIdentity(address, '0x15b3'), {
      mac: '7c:fe:90:29:26:52',
      clientId: 'ff:00:00:00:00:00:02:00:00:02:c9:00:7c:fe:90:03:00:29:26:52',
    });
  });

  it('leaves Ethernet and other makes alone', () => {
    assert.equal(infinibandIdentity('7c:fe:90:29:26:52', '0x15b3'), null);
    assert.equal(infinibandIdentity(address, '0x1077'), null);
    assert.equal(infinibandIdentity(address, null), null);
  });
});

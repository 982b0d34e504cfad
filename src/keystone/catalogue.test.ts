import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type EndpointQuery, endpointIn, readCatalogue } from './catalogue.ts';

const catalogue = readCatalogue([
  {
    type: 'object-store',
    name: 'swift',
    endpoints: [
      { interface: 'public', region: 'One', region_id: 'One', url: 'http://one/public' },
      { interface: 'internal', region: 'One', region_id: 'One', url: 'http://one/internal' },
      { interface: 'public', region: 'Two', region_id: 'r2', url: 'http://two/public' },
    ],
  },
  {
    type: 'object-store',
    name: 'radosgw',
    endpoints: [{ interface: 'internal', region: 'Three', url: 'http://ceph' }],
  },
  {
    type: 'bare-metal',
    name: 'ironic',
    endpoints: [{ interface: 'public', region: 'One', url: 'http://ironic' }],
  },
]);

const query: EndpointQuery = {
  section: 'swift',
  serviceType: 'object-store',
  serviceName: null,
  region: null,
  interfaces: ['internal', 'public'],
};

describe('endpointIn', () => {
  const cases: readonly (readonly [string, Partial<EndpointQuery>, string])[] = [
    ['the most preferred interface first', {}, 'http://one/internal'],
    ['in the order of preference', { interfaces: ['public', 'internal'] }, 'http://one/public'],
    ['the next interface where a region lacks the first', { region: 'Two' }, 'http://two/public'],
    ["by the region's ID", { region: 'r2' }, 'http://two/public'],
    ["by the service's name", { serviceName: 'radosgw' }, 'http://ceph'],
    ['by another name of the type', { serviceType: 'baremetal' }, 'http://ironic'],
    ['by the other name itself', { serviceType: 'bare-metal' }, 'http://ironic'],
  ];
  for (const [how, changes, url] of cases) {
    it(`finds ${how}`, () => {
      assert.equal(endpointIn(catalogue, { ...query, ...changes }), url);
    });
  }

  it('says what was looked for, and what there is', () => {
    const wanted = { ...query, region: 'Four', serviceName: 'swift', interfaces: ['admin'] };

    assert.throws(() => endpointIn(catalogue, wanted), {
      kind: 'unavailable',
      message:
        "[swift]: Keystone's catalogue has no endpoint as wanted: an endpoint of type object-store of the service " +
        'swift in the region Four with the interface admin. It has: object-store (swift, public, One), object-store ' +
        '(swift, internal, One), object-store (swift, public, Two), object-store (radosgw, internal, Three), ' +
        'bare-metal (ironic, public, One). Check service_type, service_name, region_name and valid_interfaces, or ' +
        'set endpoint_override',
    });
  });

  it('says that an empty catalogue may come from a token without project', () => {
    assert.throws(() => endpointIn([], query), /It has: nothing \(the token may have no project\)/);
  });

  it('lists no more than twenty', () => {
    const many = Array.from({ length: 25 }, () => ({ ...catalogue[0]!, serviceType: 'x' }));

    assert.throws(() => endpointIn(many, query), /, 5 more\. Check/);
  });
});

describe('readCatalogue', () => {
  it('passes over what has another form', () => {
    const odd = [
      null,
      'x',
      { type: 7, endpoints: [null, { url: '' }, { url: 'http://x' }] },
      { endpoints: {} },
    ];

    assert.deepEqual(readCatalogue(odd), [
      { serviceType: '', serviceName: '', interface: '', regions: ['', ''], url: 'http://x' },
    ]);
    assert.deepEqual(readCatalogue(undefined), []);
  });
});

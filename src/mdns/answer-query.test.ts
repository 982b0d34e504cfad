import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Packet, Question } from 'dns-packet';
import { serviceToAnnounce } from '../../testing/mdns-parts.ts';
import { instanceName, serviceKind } from './announced-service.ts';
import { answerQuery } from './answer-query.ts';
import { serviceRecords } from './service-records.ts';

const service = serviceToAnnounce({ target: 'h.example', addresses: ['192.0.2.7', 'fd00::7'] });
const records = serviceRecords(service);

function types(query: Packet) {
  const answer = answerQuery(records, query);
  return answer && [answer.answers.map(({ type }) => type), answer.additionals.map(({ type }) => type)];
}
const ask = (name: string, type: string, more: object = {}) =>
  types({ type: 'query', questions: [{ name, type, ...more } as Question] });

describe('the records of a service', () => {
  it('live as long as those of the original, and only the list of services is shared', () => {
    assert.deepEqual(
      records.announced.map(({ name, type, ttl, flush }) => [name, type, ttl, flush]),
      [
        [serviceKind, 'PTR', 4500, false],
        [instanceName, 'SRV', 120, true],
        [instanceName, 'TXT', 4500, true],
        ['h.example', 'A', 120, true],
        ['h.example', 'AAAA', 120, true],
      ],
    );
    assert.equal(instanceName, 'baremetal-introspection._openstack._tcp.local');
  });

  it('have one empty text when there are no properties', () => {
    const [, , text] = serviceRecords({ ...service, properties: [] }).announced;

    assert.deepEqual(text?.data, [Buffer.alloc(0)]);
  });
});

describe('the answer to a query', () => {
  it('brings along what will be asked next', () => {
    assert.deepEqual(ask(serviceKind, 'PTR'), [['PTR'], ['SRV', 'TXT', 'A', 'AAAA']]);
    assert.deepEqual(ask(instanceName, 'SRV'), [['SRV'], ['A', 'AAAA']]);
    assert.deepEqual(ask(instanceName, 'TXT'), [['TXT'], []]);
    assert.deepEqual(ask(instanceName, 'ANY'), [
      ['SRV', 'TXT'],
      ['A', 'AAAA'],
    ]);
    assert.deepEqual(ask('h.example', 'A'), [['A'], ['AAAA']]);
    assert.deepEqual(ask('_services._dns-sd._udp.local', 'PTR'), [['PTR'], []]);
  });

  it('does not mind upper case, or the wish for a direct answer', () => {
    assert.deepEqual(ask(instanceName.toUpperCase(), 'SRV', { class: 'UNKNOWN_32769' }), [
      ['SRV'],
      ['A', 'AAAA'],
    ]);
  });

  it('is none for other names, types and classes', () => {
    assert.equal(ask('other._openstack._tcp.local', 'SRV'), undefined);
    assert.equal(ask(instanceName, 'A'), undefined);
    assert.equal(ask(instanceName, 'SRV', { class: 'CH' }), undefined);
    assert.equal(types({ type: 'query' }), undefined);
  });

  it('leaves out what who asks knows for more than half its time', () => {
    const pointer = { name: serviceKind, type: 'PTR', data: instanceName } as const;
    const questions: Question[] = [{ name: serviceKind, type: 'PTR' }];

    assert.equal(types({ questions, answers: [{ ...pointer, ttl: 2250 }] }), undefined);
    assert.deepEqual(types({ questions, answers: [{ ...pointer, ttl: 2249 }] })?.[0], ['PTR']);
    assert.deepEqual(types({ questions, answers: [{ ...pointer, data: 'x.local', ttl: 4500 }] })?.[0], [
      'PTR',
    ]);
  });
});

import { type JsonObject } from '../../src/json/json-value.ts';
import { silentLogger } from '../../src/logging/logger.ts';
import { maskedChange } from '../../src/rules/masked-change.ts';
import { RuleEngine } from '../../src/rules/rule-engine.ts';
import { validateRule } from '../../src/rules/validate-rule.ts';
import { nodeDraft } from '../node-draft-builder.ts';
import { ramdiskData } from '../ramdisk-data-builder.ts';
import { assertPlainJson } from './assert-plain-json.ts';
import { editedDocument, partsOf } from './edited-document.ts';
import { type FuzzTarget, wordsOf } from './fuzz-target.ts';
import { assertRefusal, longestError } from './survive-input.ts';

const rule: JsonObject = {
  conditions: [{ op: 'eq', field: 'inventory.cpu.count', value: 48 }],
  actions: [{ action: 'set-attribute', path: '/extra/a', value: '{data[inventory][cpu][count]}' }],
};

/** Changes of a rule, `---`, changes of what a ramdisk posted: the rule is checked as on `POST /v1/rules`, then evaluated. */
export const rulesAndData: FuzzTarget = {
  name: 'rules-and-data',
  words: wordsOf(
    'conditions.0.;conditions.+ ;actions.0.;actions.+ ;op ;field ;value ;path ;name ;' +
      'multiple ;invert ;unique ;message ;scope ;uuid ;description ;---\n;$..;[*];eq;ne;lt;gt;' +
      'le;ge;in-net;matches;contains;is-empty;any;all;first;fail;set-attribute;set-capability;' +
      'extend-attribute;add-trait;remove-trait;node://;data://;{data[;]};!r;!a;:>10;' +
      'reset_interfaces ;CUSTOM_;/properties/;/extra/;/driver_info/',
  ),
  seeds: [
    'conditions.0.op matches\nconditions.0.field inventory.interfaces[*].mac_address\nconditions.0.value ^52:(54|55)\n---\n',
    'conditions.0.op in-net\nconditions.0.field inventory.bmc_address\nconditions.0.value 192.0.2.0/24\nconditions.0.invert true',
    'conditions.0 {"op": "is-empty", "field": "node://extra"}\nactions.0 {"action": "fail", "message": "no"}',
    'conditions.0.multiple all\nconditions.0.op ge\nconditions.0.value 1.0\nactions.0 {"action": "add-trait", "name": "CUSTOM_A"}',
    'actions.0 {"action": "set-capability", "name": "a", "value": "{data[inventory][disks][0][size]:,d}"}\n---\ninventory.disks.0.size 1.0',
    'actions.0 {"action": "extend-attribute", "path": "/extra/list", "value": {"k{data[x]}": ["{data[x]!r:>9}"]}, "unique": true}\n---\nx [1, 1.0, null]',
    'actions.0.path /properties/capabilities\nactions.+ {"action": "remove-trait", "name": "A"}\nactions.+ {"action": "set-attribute", "path": "/driver", "value": "x", "reset_interfaces": true}',
  ],
  run(input) {
    const [ofRule = '', ofData = ''] = partsOf(input, 2);
    const posted = editedDocument(rule, ofRule);
    const data = editedDocument(ramdiskData(), ofData);
    const checked = validateRule(posted, () => '2c8f8f4f-5f0a-4f6e-8b61-0a0a0a0a0a01');
    const node = nodeDraft({ properties: { capabilities: 'a:b' }, extra: { list: [1, '1', null] } });
    const log = silentLogger();

    const { traces, failure } = new RuleEngine().evaluate([checked], { data, node, log });

    if (failure !== undefined) assertRefusal(failure, longestError);
    for (const { from, to } of node.plan().changes.map(maskedChange))
      assertPlainJson([from ?? null, to ?? null]);
    assertPlainJson(JSON.parse(JSON.stringify(traces)));
  },
};

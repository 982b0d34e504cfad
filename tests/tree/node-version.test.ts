import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { nodeComplaint, requiredNode, satisfies } from '../../bin/node-version.js';

describe('satisfies', () => {
  const range = '^22.19 || ^24.11 || >=26';
  const verdicts = {
    'v14.21.3': false,
    'v20.20.2': false,
    'v22.18.9': false,
    'v22.19.0': true,
    'v22.23.3': true,
    'v23.11.0': false,
    'v24.10.0': false,
    'v24.11.0': true,
    'v25.1.0': false,
    'v26.0.0': true,
    '30.1.2': true,
  };

  for (const [version, verdict] of Object.entries(verdicts)) {
    it(`says ${verdict} of ${version} for ${range}`, () => {
      assert.equal(satisfies(version, range), verdict);
    });
  }

  it('refuses a range that it does not understand', () => {
    assert.throws(
      () => satisfies('v24.0.0', '24.x'),
      /expected \^N\.N or >=N\.N in engines\.node, got '24\.x'/,
    );
  });
});

describe('nodeComplaint', () => {
  it('has nothing to say of the Node that runs the tests', () => {
    assert.equal(nodeComplaint('ironic-inspector', process.version), undefined);
  });

  it('says which Node is needed, which came and what to do', () => {
    const complaint = nodeComplaint('ironic-inspector', 'v20.20.2') ?? '';

    assert.ok(complaint.includes(`ironic-inspector needs Node ${requiredNode()}, but this is Node v20.20.2`));
    assert.match(complaint, /Install a newer Node/);
  });
});

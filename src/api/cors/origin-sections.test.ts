import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { loadConfiguration } from '../../config/load-configuration.ts';
import { corsOptions } from './cors-options.ts';
import { corsSettings, originSections } from './origin-sections.ts';

describe('sections for single sites', () => {
  it('inherit what they leave out, except for the sites', () => {
    const text = [
      '[cors]\nallowed_origin = https://a.example\nmax_age = 60\nallow_credentials = false',
      '[cors.dash]\nallowed_origin = https://b.example, https://c.example\nallow_methods = GET',
      '[cors.Empty]\nmax_age = 5\n',
    ].join('\n');
    const sources = { files: [{ path: '/x.conf', text }] };
    const first = loadConfiguration([corsOptions], sources);

    const config = loadConfiguration([corsOptions, ...originSections(first, first.sections)], sources);

    const [global, dash, empty, ...more] = corsSettings(config);
    assert.deepEqual(global?.allowed_origin, ['https://a.example']);
    assert.deepEqual(dash?.allowed_origin, ['https://b.example', 'https://c.example']);
    assert.deepEqual(dash?.allow_methods, ['GET']);
    assert.deepEqual([dash?.max_age, dash?.allow_credentials], [60, false]);
    assert.deepEqual([empty?.allowed_origin, empty?.max_age], [null, 5]);
    assert.deepEqual(more, []);
    assert.deepEqual(config.warnings, []);
  });
});

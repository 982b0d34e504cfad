import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { formatDate } from './format-date.ts';

describe('formatDate', () => {
  const date = new Date(Date.UTC(2026, 1, 3, 4, 5, 6, 78));

  for (const [format, expected] of [
    ['%Y-%m-%d %H:%M:%S', '2026-02-03 04:05:06'],
    ['%Y%m%d-%H%M%S.%f', '20260203-040506.078000'],
    ['%F %T', '2026-02-03 04:05:06'],
    ['%a %A %b %B %e %y', 'Tue Tuesday Feb February  3 26'],
    ['%j %p %I', '034 AM 04'],
    ['%z %s', '+0000 1770091506'],
    ['100%% %Q %', '100% %Q %'],
    ['%constructor', '%constructor'],
  ] as const) {
    it(`makes ${JSON.stringify(expected)} of ${format}`, () => {
      assert.equal(formatDate(date, format, 'utc'), expected);
    });
  }

  it('knows noon and midnight', () => {
    const at = (hour: number) => formatDate(new Date(Date.UTC(2026, 11, 31, hour)), '%I %p %j', 'utc');

    assert.equal(at(0), '12 AM 365');
    assert.equal(at(12), '12 PM 365');
    assert.equal(at(13), '01 PM 365');
  });

  it('gives local time on request', () => {
    const local = new Date(2026, 10, 22, 13, 36, 35);
    const minutes = -local.getTimezoneOffset();
    const sign = minutes < 0 ? '-' : '+';

    assert.equal(formatDate(local, '%Y-%m-%d %H:%M:%S', 'local'), '2026-11-22 13:36:35');
    assert.match(formatDate(local, '%z', 'local'), new RegExp(`^\\${sign}\\d{4}$`));
  });

  it('shows zones west of UTC with a minus', () => {
    const west = Object.assign(new Date(0), { getTimezoneOffset: () => 210 });

    assert.equal(formatDate(west, '%z', 'local'), '-0330');
  });
});

import type { HttpReply } from '../http-message.ts';
import type { HealthType } from './accepted-type.ts';
import type { HealthResult } from './health-backends.ts';

/** What a detailed answer tells of the process (docs/compatibility.md, healthcheck-details). */
export interface Diagnostics {
  readonly hostname: string;
  /** UTC, `2026-11-22 13:36:35.999`. */
  readonly now: string;
  readonly platform: string;
  /** `v24.21.0` */
  readonly nodeVersion: string;
  /** Bytes, by kind. */
  readonly memory: Readonly<Record<string, number>>;
}

type Write = (results: readonly HealthResult[], details: Diagnostics | undefined) => string;

const writers: Readonly<Record<HealthType, Write>> = {
  'text/plain': (results) => results.map(({ reason }) => reason).join('\n'),
  'text/html': htmlOf,
  'application/json': jsonOf,
};

/** The results in the type that was asked for; detailed when there are `details`. */
export function healthReply(
  type: HealthType,
  results: readonly HealthResult[],
  details: Diagnostics | undefined,
): HttpReply {
  const charset = type === 'application/json' ? '' : '; charset=UTF-8';
  return {
    status: isHealthy(results) ? 200 : 503,
    headers: { 'Content-Type': `${type}${charset}` },
    body: writers[type](results, details),
  };
}

/** Whether all are. */
export function isHealthy(results: readonly HealthResult[]): boolean {
  return results.every(({ healthy }) => healthy);
}

function jsonOf(results: readonly HealthResult[], details: Diagnostics | undefined): string {
  const document =
    details === undefined
      ? { detailed: false, reasons: results.map(({ reason }) => reason) }
      : {
          detailed: true,
          memory: details.memory,
          node_version: details.nodeVersion,
          now: details.now,
          platform: details.platform,
          reasons: results.map((result) => ({
            class: 'HealthcheckResult',
            details: result.details,
            reason: result.reason,
          })),
        };
  return JSON.stringify(document, undefined, 4);
}

function htmlOf(results: readonly HealthResult[], details: Diagnostics | undefined): string {
  const rows = results.map(({ reason, details: more }) =>
    details === undefined ? row('td', [reason]) : row('td', ['HealthcheckResult', reason, more]),
  );
  const facts = details === undefined ? [] : Object.entries(factsOf(details));
  return [
    '<!doctype html>\n<html lang="en">\n<title>Healthcheck Status</title>',
    ...facts.map(([name, value]) => `<p>${name}: ${escaped(value)}</p>`),
    `<h2>Result of ${results.length} checks:</h2>`,
    `<table>\n${row('th', details === undefined ? ['Reason'] : ['Kind', 'Reason', 'Details'])}`,
    ...rows,
    '</table>\n</html>',
  ].join('\n');
}

function factsOf({ hostname, now, platform, nodeVersion, memory }: Diagnostics): Record<string, string> {
  return {
    'Server hostname': hostname,
    'Current time': now,
    'Node version': nodeVersion,
    Platform: platform,
    Memory: JSON.stringify(memory),
  };
}

function row(cell: 'td' | 'th', values: readonly string[]): string {
  return `<tr>${values.map((value) => `<${cell}>${escaped(value)}</${cell}>`).join('')}</tr>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

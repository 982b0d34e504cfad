import { isObject, type JsonObject, type JsonValue } from '../../../json/json-value.ts';
import { escapeControl } from '../../../logging/escape-control.ts';
import type { CommandDefinition } from '../command-definition.ts';
import { listIn } from '../connection/inspector-api.ts';

const columns = ['Host', 'Driver', 'State', 'Mode', 'Allowed', 'Denied', 'Last Success', 'Error'] as const;

/** Shows how the PXE filter of each conductor does. */
export const pxeFilterShowCommand: CommandDefinition = {
  words: ['pxe-filter', 'show'],
  help: 'show whether only machines under introspection are answered by DHCP',
  details:
    'For each conductor: its driver; ok, or degraded with the reason; who is answered; how many MAC addresses are ' +
    'allowed and denied; when the driver last succeeded.',
  output: 'account',
  async run(_given, on) {
    const filters = listIn(
      (await on.api().read({ method: 'GET', path: ['pxe-filter'] })).value,
      'pxe_filters',
    );
    return {
      kind: 'list',
      columns,
      rows: filters.map((filter) =>
        [
          filter.host,
          filter.driver,
          filter.state,
          filter.mode,
          filter.allowed,
          filter.denied,
          filter.last_success,
          filter.error,
        ].map((value) => value ?? null),
      ),
      account:
        filters.length === 0
          ? 'No conductor has told of its PXE filter.\n'
          : filters.map(paragraph).join('\n'),
    };
  },
};

const meanings: Readonly<Record<string, string>> = {
  closed: 'nobody is answered',
  'deny-list': 'everybody is answered but machines that are denied',
  'allow-list': 'machines that are allowed are answered, and nobody else',
};

/** What comes from elsewhere cannot steer a terminal. */
function paragraph(filter: JsonObject): string {
  const { host, driver, state, since, error, mode, verdicts } = filter;
  const lines = [
    `${shown(host)}: ${shown(driver)} is ${shown(state)} since ${timeOf(since)}`,
    ...(typeof error === 'string' ? [`  ${error}`] : []),
    ...(typeof mode === 'string' ? [`  ${mode}: ${meanings[mode] ?? 'not known to this client'}`] : []),
    `  allowed ${shown(filter.allowed)}, denied ${shown(filter.denied)} MAC addresses`,
    `  last success at ${timeOf(filter.last_success)}${tookSeconds(filter.last_duration)}; ` +
      `${shown(filter.applies)} in all, ${shown(filter.failures)} failure(s)`,
    ...(isObject(verdicts) ? [`  requests: ${JSON.stringify(verdicts)}`] : []),
    `  told at ${timeOf(filter.updated_at)}`,
  ];
  return lines.map((line) => `${escapeControl(line)}\n`).join('');
}

function tookSeconds(value: JsonValue | undefined): string {
  return typeof value === 'number' ? `, in ${value} s` : '';
}

function timeOf(value: JsonValue | undefined): string {
  return typeof value === 'string' ? `${value.slice(0, 19)} UTC` : 'no known time';
}

function shown(value: JsonValue | undefined): string {
  return typeof value === 'string' && value !== '' ? value : JSON.stringify(value ?? null);
}

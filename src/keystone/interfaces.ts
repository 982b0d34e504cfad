import { InspectorError } from '../errors/inspector-error.ts';
import type { ClientSettings } from './client-options.ts';

const known = ['internal', 'public', 'admin'];
const byDefault = 'internal,public';

/**
 * The interfaces to look for in the catalogue, most preferred first. The deprecated `interface` stands in for a
 * `valid_interfaces` that is not set; the original refuses it always, because of the default of the latter.
 *
 * @throws InspectorError `invalid` for an unknown interface, or when both options are set.
 */
export function interfacesOf(section: string, settings: ClientSettings): readonly string[] {
  const { interface: single, valid_interfaces: several } = settings;
  if (single && several.join() !== byDefault) {
    throw new InspectorError('invalid', `[${section}]interface: expected it or valid_interfaces, got both`);
  }
  const wanted = single ? [single] : several;
  const option = single ? 'interface' : 'valid_interfaces';
  const wrong = wanted.find((name) => !known.includes(name));
  if (wrong === undefined && wanted.length > 0) return wanted;
  throw new InspectorError(
    'invalid',
    `[${section}]${option}: expected some of ${known.join(', ')}, got "${wrong ?? ''}"`,
  );
}

import { InspectorError } from '../errors/inspector-error.ts';

/**
 * The value of an option that a plug-in cannot do without.
 *
 * @throws InspectorError `invalid` naming the option.
 */
export function required(section: string, option: string, value: string | null, authType: string): string {
  if (value !== null && value !== '') return value;
  throw new InspectorError('invalid', `[${section}]${option}: expected a value, as auth_type is ${authType}`);
}

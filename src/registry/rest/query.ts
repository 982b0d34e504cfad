import { InspectorError } from '../../errors/inspector-error.ts';
import { canonicalUuid } from '../../host/canonical-uuid.ts';
import { normalMac } from '../mac-address.ts';

/** The parameters after the `?`, in the types that a route expects. `undefined` stands for what is not given. */
export class Query {
  readonly #values: ReadonlyMap<string, string>;

  /** @throws InspectorError `invalid` for a parameter that is given twice, or has a NUL character in it. */
  constructor(parameters: Readonly<Record<string, unknown>>) {
    const entries = Object.entries(parameters).map(([name, value]): [string, string] => {
      if (typeof value === 'string' && !value.includes('\0')) return [name, value];
      if (typeof value === 'string') {
        throw new InspectorError('invalid', `Invalid ${name}: a NUL character, which no name has`);
      }
      throw new InspectorError('invalid', `Expected string for ${name}: it is given more than once`);
    });
    this.#values = new Map(entries);
  }

  /** @throws InspectorError `invalid` for a parameter that the route does not know. */
  only(...names: readonly string[]): this {
    const unexpected = [...this.#values.keys()].filter((name) => !names.includes(name));
    if (unexpected.length === 0) return this;
    throw new InspectorError('invalid', `Unexpected arguments: ${unexpected.join(', ').slice(0, 300)}`);
  }

  text(name: string): string | undefined {
    return this.#values.get(name);
  }

  flag(name: string): boolean | undefined {
    const word = this.text(name)?.trim().toLowerCase();
    if (word === undefined) return undefined;
    if (['t', 'true', 'on', 'y', 'yes', '1'].includes(word)) return true;
    if (['f', 'false', 'off', 'n', 'no', '0'].includes(word)) return false;
    throw new InspectorError(
      'invalid',
      `Invalid ${name}: Unrecognized value '${word.slice(0, 100)}', expected True or False`,
    );
  }

  integer(name: string): number | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    if (/^\s*[+-]?\d{1,15}\s*$/.test(text)) return Number(text);
    throw new InspectorError('invalid', `Expected an integer for ${name}: ${text.slice(0, 100)}`);
  }

  uuid(name: string): string | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const uuid = canonicalUuid(text);
    if (uuid === undefined)
      throw new InspectorError('invalid', `Expected UUID for ${name}: ${text.slice(0, 100)}`);
    return uuid;
  }

  mac(name: string): string | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const mac = normalMac(text);
    if (mac === undefined) {
      throw new InspectorError('invalid', `Expected valid MAC address for ${name}: ${text.slice(0, 100)}`);
    }
    return mac;
  }

  /** Separated by commas, in lower case, each once. */
  list(name: string): string[] | undefined {
    const items = this.text(name)
      ?.split(',')
      .map((item) => item.trim().toLowerCase());
    return items === undefined ? undefined : [...new Set(items)].filter((item) => item !== '');
  }

  /** The parameters as they came, for a link to the next page. */
  entries(): [string, string][] {
    return [...this.#values];
  }
}

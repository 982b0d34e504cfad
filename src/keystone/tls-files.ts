import { readFile } from 'node:fs/promises';
import { InspectorError, messageOf } from '../errors/inspector-error.ts';

/** The TLS options of a section. */
export interface TlsFiles {
  /** For errors: `swift`. */
  readonly section: string;
  readonly cafile?: string | null;
  readonly certfile?: string | null;
  readonly keyfile?: string | null;
  readonly insecure?: boolean;
}

/**
 * What `tls.connect` takes. A `certfile` without `keyfile` holds both.
 *
 * @throws InspectorError `invalid` naming the option whose file cannot be read.
 */
export async function readTlsFiles({ section, cafile, certfile, keyfile, insecure }: TlsFiles) {
  const read = async (option: string, path: string) => {
    try {
      return await readFile(path, 'utf8');
    } catch (cause) {
      throw new InspectorError(
        'invalid',
        `[${section}]${option}: expected a PEM file that can be read, got ${path}: ${messageOf(cause)}`,
        { cause },
      );
    }
  };
  if (keyfile && !certfile) {
    throw new InspectorError('invalid', `[${section}]keyfile: expected certfile to be set, too`);
  }
  return {
    rejectUnauthorized: insecure !== true,
    ...(cafile ? { ca: await read('cafile', cafile) } : {}),
    ...(certfile
      ? { cert: await read('certfile', certfile), key: await read('keyfile', keyfile || certfile) }
      : {}),
  };
}

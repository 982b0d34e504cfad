import { InspectorError, messageOf } from '../errors/inspector-error.ts';
import { parsePath } from './json-path/parse-path.ts';
import type { PathExpression } from './json-path/path-expression.ts';

/** Where a condition looks: in the introspection data or in the node. */
export interface FieldPath {
  readonly scheme: 'data' | 'node';
  readonly path: PathExpression;
}

/**
 * Reads the `field` of a condition: `data://memory_mb`, `node://driver`, or without a scheme, which means the data.
 *
 * @throws InspectorError `invalid` for another scheme and for a path that does not parse.
 */
export function parseField(field: string): FieldPath {
  const separator = field.indexOf('://');
  const scheme = separator < 0 ? 'data' : field.slice(0, separator);
  if (scheme !== 'data' && scheme !== 'node') {
    throw new InspectorError(
      'invalid',
      `Unsupported scheme for field: ${scheme}, valid values are node:// or data://`,
    );
  }
  try {
    return { scheme, path: parsePath(separator < 0 ? field : field.slice(separator + 3)) };
  } catch (cause) {
    const message = `Unable to parse field JSON path ${field}: ${messageOf(cause)}`;
    throw new InspectorError('invalid', message, { cause });
  }
}

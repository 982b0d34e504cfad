/** A version of the interface between service and plug-ins. */
export interface ApiVersion {
  /** Another one is another interface. */
  readonly major: number;
  /** Grows with every addition; what was there before keeps working. */
  readonly minor: number;
}

/** The interface that this version of the service has. */
export const pluginApiVersion: ApiVersion = { major: 1, minor: 1 };

/**
 * Whether a plug-in that was written for `declared` works with the interface `own`.
 *
 * @param declared `1`, `"1"` or `"1.2"`, as a plug-in or its package.json says it.
 * @returns a sentence with the remedy when it does not, `undefined` when it does
 */
export function apiVersionProblem(declared: unknown, own: ApiVersion): string | undefined {
  const match = /^(\d{1,6})(?:\.(\d{1,6}))?$/.exec(
    typeof declared === 'string' || typeof declared === 'number' ? String(declared) : '',
  );
  const has = `${own.major}.${own.minor}`;
  if (match === null) {
    return `expected an apiVersion such as ${own.major} or "${has}", got ${JSON.stringify(declared) ?? 'none'}`;
  }
  const major = Number(match[1]);
  const minor = Number(match[2] ?? '0');
  if (major === own.major && minor <= own.minor) return undefined;
  const remedy = major < own.major || own.major === 0 ? 'update the plug-in' : 'update the service';
  return `it is written for version ${major}.${minor} of the plug-in interface, and this service has ${has}: ${remedy}`;
}

/**
 * Whether a Node version satisfies the `engines` of package.json. Runs on any Node since 14, so that an older
 * one gets a sentence and not a syntax error.
 */
import { readFileSync } from 'node:fs';

/** The range of Node versions in this package's package.json, such as `^22.19 || >=26`. */
export function requiredNode() {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return /** @type {string} */ (JSON.parse(text).engines.node);
}

/**
 * Understands the two forms that `engines` uses: `^22.19` (that or newer, same major) and `>=26`.
 *
 * @param {string} version as in `process.version`; the leading `v` may be missing
 * @param {string} range alternatives separated by `||`
 * @throws {Error} when the range has another form
 */
export function satisfies(version, range) {
  const [major, minor] = numbers(version.replace(/^v/, ''));
  return range.split('||').some((alternative) => {
    const { sign, wanted } =
      /^\s*(?<sign>\^|>=)(?<wanted>\d+(?:\.\d+){0,2})\s*$/.exec(alternative)?.groups ?? {};
    if (wanted === undefined) throw new Error(`expected ^N.N or >=N.N in engines.node, got '${alternative}'`);
    const [wantedMajor, wantedMinor] = numbers(wanted);
    if (major === wantedMajor) return minor >= wantedMinor;
    return sign === '>=' && major > wantedMajor;
  });
}

/**
 * The sentence for a Node that is too old, or `undefined` when it will do.
 *
 * @param {string} name the command that was called
 * @param {string} version as in `process.version`
 */
export function nodeComplaint(name, version) {
  const range = requiredNode();
  if (satisfies(version, range)) return undefined;
  return (
    `${name} needs Node ${range}, but this is Node ${version} (${process.execPath}). ` +
    'Install a newer Node, or call the command in a checkout as "npx ' +
    `${name}" after "npm ci", which brings one.`
  );
}

/**
 * @param {string} version
 * @returns {[number, number]} major and minor
 */
function numbers(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return [major, minor];
}

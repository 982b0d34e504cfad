const mask = '***';

const secretWords = [
  'password',
  'passwd',
  'pswd',
  'passphrase',
  'secret',
  'token',
  'credential',
  'authorization',
  'cookie',
  'privatekey',
  'apikey',
  'accesskey',
  'authkey',
  'encryptedkey',
  'fernetkey',
  'sslkey',
  'hexkgkey',
  'keymaterial',
  'communitystring',
  // Further keys that the original's library masks.
  'configdrive',
  'clusterfsid',
  'heartbeatkey',
  'clientkey',
  'adminkey',
  'rndckey',
  'encryptionkey',
  'cryptokek',
  'rgwkey',
  'hashsuffix',
  'sshkey',
  'mdskey',
  'cephmonkey',
];

/** Names that hold one of the words but are settings about secrets. */
const harmless =
  /(?:file|path|dir|time|timeout|ttl|roles|required|bind|strategy|url|uri|expiry|expiresat|enabled)$/;

/** Whether a member or option of this name holds a secret: `ipmi_password`, `X-Auth-Token`, `adminPass`, ... */
export function looksSecret(name: string): boolean {
  const plain = name.toLowerCase().replace(/[^a-z0-9]/g, '');
  if (harmless.test(plain)) return false;
  return /pass\d*$/.test(plain) || secretWords.some((word) => plain.includes(word));
}

/**
 * A copy in which the values of members that look secret are `***`, and so are secrets inside texts. `null`,
 * booleans and empty texts stay: they hide nothing, and say that nothing is set. What is deeper than
 * `depth` levels, and an object that holds itself, becomes `…`.
 */
export function maskSecrets(value: unknown, depth = 16): unknown {
  if (typeof value === 'string') return maskSecretsInText(value);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  if (depth <= 0) return '…';
  if (Array.isArray(value)) return value.map((item) => maskSecrets(item, depth - 1));
  const masked = Object.entries(value).map(([name, member]): [string, unknown] => [
    name,
    looksSecret(name) && isTelling(member) ? mask : maskSecrets(member, depth - 1),
  ]);
  return Object.fromEntries(masked);
}

function isTelling(value: unknown): boolean {
  return value !== null && value !== undefined && value !== '' && typeof value !== 'boolean';
}

/** A name, a separator, and a value that may be quoted; the look-behind keeps the search linear. */
const assignment =
  /(?<![\w.-])([\w.-]{1,64})(\\?["']?[ \t]{0,8}[:=][ \t]{0,8})((?:basic|bearer)[ \t]+[^\s,;&"']+|\\"[^"\\]*\\"|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[^\s,;&"'}\])]+)/gi;

/** `--password secret`, as in a command line. */
const flag = /(?<![\w-])(--?([\w-]{1,64})[ \t]{1,8})([^\s=,;"'-][^\s"']*)/g;

/** `<password>secret</password>` */
const element = /(<([\w.-]{1,64})>)[^<]*(?=<\/\2>)/g;

const privateKey = /(-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY-----)[^]*?(?=-----END|$)/g;

/**
 * The text with `***` in place of passwords in URLs, of the values in `password=...`, `"token": "..."`,
 * `--password ...` and `<password>...</password>`, and of private keys. Takes time linear in the text.
 */
export function maskSecretsInText(text: string): string {
  return text
    .replace(privateKey, `$1${mask}`)
    .replace(flag, (all, before: string, name: string) => (looksSecret(name) ? `${before}${mask}` : all))
    .replace(element, (all, before: string, name: string) => (looksSecret(name) ? `${before}${mask}` : all))
    .replace(/:\/\/[^\s"'<>]+/g, maskUrl)
    .replace(assignment, (all, name: string, separator: string, value: string) => {
      if (!looksSecret(name)) return all;
      const quote = /^\\?["']/.exec(value)?.[0] ?? '';
      return `${name}${separator}${quote}${mask}${quote}`;
    });
}

/**
 * Masks from the first colon of the user part up to the last `@`: a password may hold anything, and of several
 * hosts (`rabbit://u:p@a,u:p@b/`) each brings one. `host:port/path@x` has no user part.
 */
function maskUrl(url: string): string {
  const at = url.lastIndexOf('@');
  const colon = url.indexOf(':', 3);
  if (at < 0 || colon < 0 || colon > at || url.startsWith('://[')) return url;
  if (/[/?#]/.test(url.slice(3, colon)) || /^\d{1,5}[/?#]/.test(url.slice(colon + 1))) return url;
  return `${url.slice(0, colon + 1)}${mask}${url.slice(at)}`;
}

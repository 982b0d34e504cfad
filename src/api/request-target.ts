/** A request target taken apart. */
export interface RequestTarget {
  /** Decoded, without the empty ones that slashes at the ends and double slashes make. */
  readonly segments: readonly string[];
  /** The path without double slashes, encoded; where a request with `hasDoubleSlash` is sent to. */
  readonly cleanPath: string;
  /** A double slash anywhere but at the beginning. */
  readonly hasDoubleSlash: boolean;
  /** With its question mark, in ASCII; or empty. */
  readonly search: string;
}

/**
 * Takes a request target apart: percent escapes are decoded before the path is cut, so that `%2F` separates
 * too, and what is no escape or no UTF-8 stays or becomes a replacement character; nothing is refused.
 */
export function parseTarget(target: string): RequestTarget {
  const local = target.replace(/^https?:\/\/[^/?#]*/i, '').replace(/#.*$/s, '');
  const mark = local.indexOf('?');
  const path = decodePath(mark < 0 ? local : local.slice(0, mark)).replace(/^\/*/, '/');
  return {
    segments: path.split('/').filter((segment) => segment !== ''),
    cleanPath: encodeURI(path.replace(/\/+/g, '/')).replace(/[?#]/g, encodeURIComponent),
    hasDoubleSlash: path.includes('//'),
    search:
      mark < 0
        ? ''
        : local
            .slice(mark)
            .toWellFormed()
            .replace(/[^!-~]/gu, encodeURIComponent),
  };
}

function decodePath(path: string): string {
  const bytes = path.replace(/%([0-9a-f]{2})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

/** The arguments of a call in a log configuration file. */
export interface PythonArguments {
  /** By position or keyword; empty where neither is there. A name such as `sys.stdout` stands for itself. */
  text(position: number, keyword: string): string;
  /** @throws Error when it is there and no number. */
  number(position: number, keyword: string, otherwise: number): number;
}

const token = /\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|([\w.]+(?:\s*\*\s*\d+)*)|([(){},:[\]]))/y;

/**
 * Reads `args = ('/var/log/x.log', 'a', 1024)` and `kwargs = {'filename': 'x.log'}`: texts, numbers, products of
 * numbers, and names, which Python would evaluate. Nothing is evaluated here.
 *
 * @throws Error for anything else
 */
export function pythonArguments(args: string, kwargs: string): PythonArguments {
  const positions = values(args)
    .filter((value) => !/^[()[\],]$/.test(value.mark))
    .map(({ value }) => value);
  const words = values(kwargs)
    .filter((value) => !/^[{},:]$/.test(value.mark))
    .map(({ value }) => value);
  const named = new Map<string, string>();
  for (let index = 0; index < words.length; index += 2) named.set(words[index] ?? '', words[index + 1] ?? '');
  const text = (position: number, keyword: string) => named.get(keyword) ?? positions[position] ?? '';
  return {
    text,
    number(position, keyword, otherwise) {
      const value = text(position, keyword);
      if (value === '') return otherwise;
      const number = value.split('*').reduce((product, factor) => product * Number(factor), 1);
      if (!Number.isInteger(number))
        throw new Error(`expected a whole number for ${keyword}, got '${value}'`);
      return number;
    },
  };
}

/** `mark` is set for what separates values. */
function values(text: string): { value: string; mark: string }[] {
  const found: { value: string; mark: string }[] = [];
  token.lastIndex = 0;
  const trimmed = text.trim();
  for (let at = 0; at < trimmed.length; at = token.lastIndex) {
    token.lastIndex = at;
    const match = token.exec(trimmed);
    if (match === null)
      throw new Error(`expected texts, numbers and names in ${trimmed}, got '${trimmed.slice(at, at + 20)}'`);
    const [, single, double, word, mark = ''] = match;
    const quoted = (single ?? double)?.replace(/\\(.)/g, '$1');
    found.push({ value: quoted ?? word ?? mark, mark });
  }
  return found;
}

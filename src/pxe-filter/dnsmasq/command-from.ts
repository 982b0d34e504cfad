import type { PrivilegedCommand } from '../../host/privileged-command.ts';

// A word without anything that a shell would act on, apart from quotes.
const word = String.raw`(?:[\w@%+=:,./-]|'[^']*'|"(?:[^"\\$\x60]|\\["\\$\x60])*"|\\[^\n])+`;

const onlyWords = new RegExp(String.raw`^[ \t]*${word}(?:[ \t]+${word})*[ \t]*$`);

const eachPart = /[ \t]+|'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(.)|([^\s'"\\]+)/gs;

/**
 * The command of an option, which a shell runs in the original. One that is only words runs without; whatever else a
 * shell understands is left to `sh -c`: variables, `$(cat /run/dnsmasq.pid)`, several commands.
 *
 * @returns Nothing for an empty one.
 */
export function commandFrom(text: string): PrivilegedCommand | undefined {
  if (text.trim() === '') return undefined;
  const [program = '', ...args] = onlyWords.test(text) ? wordsOf(text) : [];
  // NAME=value in front of a command belongs to its environment.
  if (program === '' || program.includes('=')) return { program: 'sh', args: ['-c', text] };
  return { program, args };
}

function wordsOf(text: string): string[] {
  const words: string[] = [];
  let isBetween = true;
  for (const [all, single, double, escaped, plain] of text.matchAll(eachPart)) {
    const part = single ?? double?.replaceAll(/\\(["\\$`])/g, '$1') ?? escaped ?? plain;
    if (part === undefined) {
      isBetween = all !== '';
      continue;
    }
    if (isBetween) words.push(part);
    else words.push(`${words.pop()}${part}`);
    isBetween = false;
  }
  return words;
}

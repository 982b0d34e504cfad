/** Words that no constant can have as its name, and those that would hide something a reader expects. */
const reserved = new Set(
  (
    'abstract any arguments as async await bigint boolean break case catch class const continue debugger ' +
    'declare default delete do else enum eval export extends false finally for from function get if ' +
    'implements import in infinity instanceof interface is let migration module namespace nan never new null ' +
    'number object of package private protected public return schema set static string super switch symbol ' +
    'this throw true try type typeof undefined unknown upgrade var void while with yield'
  ).split(' '),
);

/** Longest name, in characters; a title may be as long as its author likes. */
const longest = 60;

/**
 * The name of a migration's constant, made of the words of its title: `addBootMode` for "Add boot-mode".
 * Letters that are not ASCII lose their marks or go; where nothing useful is left it is `migration...`.
 */
export function migrationName(title: string): string {
  const words = title
    .normalize('NFKD')
    .replaceAll(/['’]|\p{Mn}/gu, '')
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '');
  const name = words.map(capital).join('').slice(0, longest);
  const camel = name.charAt(0).toLowerCase() + name.slice(1);
  return /^[a-z]/.test(camel) && !reserved.has(camel.toLowerCase()) ? camel : `migration${name}`;
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1).toLowerCase();
}

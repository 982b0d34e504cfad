import type { CommandDefinition } from '../command-definition.ts';
import { clientProgram } from '../parse-client-arguments.ts';
import { type CompletionPlace, completionTable, spellings, valuedOptions } from './completion-table.ts';

/** The shells that a script can be made for. */
export const shells = ['bash', 'zsh'] as const;

/** One of them. */
export type Shell = (typeof shells)[number];

const name = '_ironic_inspector_client';

/** The script that teaches a shell the commands; `source <(ironic-inspector-client complete bash)`. */
export function completionScript(shell: Shell, commands: readonly CommandDefinition[]): string {
  const places = completionTable(commands);
  return [heads[shell], candidates(places, valuedOptions(commands)), tails[shell], ''].join('\n');
}

const heads: Readonly<Record<Shell, string>> = {
  bash: `# bash completion of ${clientProgram}: source <(${clientProgram} complete bash)`,
  zsh: `#compdef ${clientProgram}\n# zsh completion of ${clientProgram}, for a file _${clientProgram} in $fpath.`,
};

/** The one function that both shells understand: it sets offered, flags and paths of its caller. */
function candidates(places: readonly CompletionPlace[], valued: readonly string[]): string {
  return `${name}_candidates() {
  local line='' previous='' word
  offered='' flags='' paths=''
  for word in "$@"; do
    if [[ -n $previous ]]; then
      previous=''
      continue
    fi
    case $word in
      (${valued.join('|')}) previous=$word ;;
      (-*) ;;
      (*) case "$line $word" in
        (${linesBehind(places)}) line="$line $word" ;;
      esac ;;
    esac
  done
  if [[ -n $previous ]]; then
    case "$line:$previous" in
${places.flatMap(valueCases).join('\n')}
    esac
    return 0
  fi
  case $line in
${places.map(placeCase).join('\n')}
  esac
}`;
}

function linesBehind(places: readonly CompletionPlace[]): string {
  const lines = new Set(places.map(({ line }) => line).filter((line) => line !== ''));
  return [...lines].map((line) => `'${line}'`).join('|');
}

function valueCases({ line, values }: CompletionPlace): string[] {
  return values.map((option) => {
    const pattern = spellings(option)
      .map((spelling) => `'${line}:${spelling}'`)
      .join('|');
    const effect = option.choices === undefined ? 'paths=1' : `offered='${option.choices.join(' ')}'`;
    return `      (${pattern}) ${effect} ;;`;
  });
}

function placeCase({ line, words, options, files }: CompletionPlace): string {
  const paths = files ? ' paths=1' : '';
  return `    ('${line}') offered='${words.join(' ')}' flags='${options.join(' ')}'${paths} ;;`;
}

const tails: Readonly<Record<Shell, string>> = {
  bash: `${name}() {
  local current=\${COMP_WORDS[COMP_CWORD]} offered flags paths
  ${name}_candidates "\${COMP_WORDS[@]:1:COMP_CWORD-1}"
  if [[ $current == -* ]]; then
    offered=$flags paths=''
  fi
  mapfile -t COMPREPLY < <(compgen -W "$offered" -- "$current")
  if [[ -n $paths ]]; then
    compopt -o filenames 2>/dev/null || true
    mapfile -t -O "\${#COMPREPLY[@]}" COMPREPLY < <(compgen -f -- "$current")
  fi
}
complete -F ${name} ${clientProgram}`,
  zsh: `${name}() {
  local offered flags paths
  ${name}_candidates "\${(@)words[2,CURRENT-1]}"
  if [[ $words[CURRENT] == -* ]]; then
    offered=$flags paths=''
  fi
  if [[ -n $offered ]]; then
    compadd -- \${=offered}
  fi
  if [[ -n $paths ]]; then
    _files
  fi
}
compdef ${name} ${clientProgram}`,
};

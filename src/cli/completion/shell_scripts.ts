// The scripts that complete `teemem` in shells. They ask the program itself what a word may become.

/** The word behind which the program prints candidates: a line `WORD<TAB>TEXT` each. */
export const COMPLETE = "complete";

/** A line for names of files, which the shell knows itself. */
export const FILES = ":files";

const BASH = `# bash completion of teemem: add to ~/.bashrc
#   source <(teemem completion bash)
_teemem() {
  local cur=\${COMP_WORDS[COMP_CWORD]} word about file
  COMPREPLY=()
  while IFS=$'\t' read -r word about; do
    if [[ $word == ${FILES} ]]; then
      # It shows what stands behind the last slash: of ssh:// and tcp:// nothing.
      [[ \${#COMPREPLY[@]} -eq 0 ]] && compopt -o filenames
      while IFS= read -r file; do COMPREPLY+=("$file"); done < <(compgen -f -- "$cur")
    else
      COMPREPLY+=("$word")
    fi
  done < <(teemem ${COMPLETE} -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
  [[ \${#COMPREPLY[@]} -eq 1 && \${COMPREPLY[0]} == *[:/] ]] && compopt -o nospace
  return 0
}
complete -F _teemem teemem
`;

const ZSH = `#compdef teemem
# zsh completion of teemem: put it as _teemem into a folder of $fpath, or add to ~/.zshrc
#   source <(teemem completion zsh)
_teemem() {
  local -a candidates
  local line files=0
  while IFS= read -r line; do
    if [[ $line == ${FILES}* ]]; then
      files=1
    else
      line=\${line//:/\\\\:}
      candidates+=("\${line/$'\t'/:}")
    fi
  done < <(teemem ${COMPLETE} -- "\${(@)words[2,CURRENT]}" 2>/dev/null)
  (( \${#candidates} )) && _describe -t teemem teemem candidates
  (( files )) && _files
  return 0
}
if [[ \${funcstack[1]} == _teemem ]]; then
  _teemem "$@"
else
  compdef _teemem teemem
fi
`;

const FISH = `# fish completion of teemem: add to ~/.config/fish/config.fish
#   teemem completion fish | source
function __teemem_complete
  set -l words (commandline -opc) (commandline -ct)
  for line in (teemem ${COMPLETE} -- $words[2..-1] 2>/dev/null)
    if string match -q '${FILES}*' -- $line
      __fish_complete_path (commandline -ct)
    else
      echo $line
    end
  end
end
complete -c teemem -f -a '(__teemem_complete)'
`;

/** By the name of the shell. */
export const SHELL_SCRIPTS = { bash: BASH, zsh: ZSH, fish: FISH } as const;

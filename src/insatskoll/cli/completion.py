"""The command completion: the script that lets a shell ask the program when somebody presses
Tab."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import click
import typer


class Shell(StrEnum):
    """The shells that can ask."""

    bash = "bash"
    zsh = "zsh"
    fish = "fish"
    powershell = "powershell"


# Words of the line are handed over as they are written, never evaluated, and the answer is only
# ever a list of words. Names of files are left to the shell, which knows how to quote them.
_SCRIPTS = {
    Shell.bash: r"""# insatskoll completion bash
_insatskoll() {
    local cur="${COMP_WORDS[COMP_CWORD]}" value about i
    local -a before=()
    for ((i = 1; i < COMP_CWORD; i++)); do
        [[ "${COMP_WORDS[i]}" == "=" ]] || before+=("${COMP_WORDS[i]}")
    done
    [[ "$cur" == "=" ]] && cur=""
    COMPREPLY=()
    while IFS=$'\t' read -r value about; do
        case "$value" in
            :file) compopt -o default 2>/dev/null ;;
            :dir) compopt -o dirnames 2>/dev/null ;;
            ?*) COMPREPLY+=("$value") ;;
        esac
    done < <(INSATSKOLL_COMPLETE=bash INSATSKOLL_WORD="$cur" \
        command insatskoll ${before[@]+"${before[@]}"} 2>/dev/null </dev/null)
}
complete -F _insatskoll insatskoll
""",
    Shell.zsh: r"""#compdef insatskoll
_insatskoll() {
    local line value
    local -a values
    local -i names=0 folders=0
    while IFS= read -r line; do
        value="${line%%$'\t'*}"
        case "$value" in
            :file) names=1 ;;
            :dir) folders=1 ;;
            ?*) values+=("$value:${line#*$'\t'}") ;;
        esac
    done < <(INSATSKOLL_COMPLETE=zsh INSATSKOLL_WORD="${(Q)words[CURRENT]}" \
        command insatskoll "${(@Q)words[2,CURRENT-1]}" 2>/dev/null </dev/null)
    (( $#values )) && _describe -V insatskoll values
    (( names )) && _files
    (( folders )) && _files -/
    return 0
}
if [[ "${funcstack[1]}" == _insatskoll ]]; then
    _insatskoll "$@"
else
    compdef _insatskoll insatskoll
fi
""",
    Shell.fish: r"""# insatskoll completion fish
function __insatskoll_complete
    set -l before (commandline -opc)
    set -l cur (commandline -ct)
    set -l answer (env INSATSKOLL_COMPLETE=fish INSATSKOLL_WORD="$cur" \
        insatskoll $before[2..-1] 2>/dev/null </dev/null)
    for line in $answer
        switch $line
            case ':file'
                __fish_complete_path "$cur"
            case ':dir'
                __fish_complete_directories "$cur" ''
            case '*'
                printf '%s\n' "$line"
        end
    end
end
complete -c insatskoll -f -a '(__insatskoll_complete)'
""",
    Shell.powershell: r"""# insatskoll completion powershell
Register-ArgumentCompleter -Native -CommandName insatskoll -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $before = @($commandAst.CommandElements | Select-Object -Skip 1 |
        Where-Object { $_.Extent.EndOffset -lt $cursorPosition } |
        ForEach-Object { $_.Extent.Text })
    $encoding = [Console]::OutputEncoding
    try {
        [Console]::OutputEncoding = [System.Text.Encoding]::UTF8
        $env:INSATSKOLL_COMPLETE = 'powershell'
        $env:INSATSKOLL_WORD = "$wordToComplete"
        $program = Get-Command insatskoll -CommandType Application | Select-Object -First 1
        & $program @before 2>$null |
            Where-Object { $_ -and -not $_.StartsWith(':') } |
            ForEach-Object {
                $value, $about = $_ -split "`t", 2
                if (-not $about) { $about = $value }
                [System.Management.Automation.CompletionResult]::new(
                    $value, $value, 'ParameterValue', $about)
            }
    } finally {
        Remove-Item Env:INSATSKOLL_COMPLETE, Env:INSATSKOLL_WORD -ErrorAction SilentlyContinue
        [Console]::OutputEncoding = $encoding
    }
}
""",
}


def completion_command(
    shell: Annotated[
        Shell, typer.Argument(metavar="SKAL", help="bash, zsh, fish eller powershell.")
    ],
) -> None:
    """Skriv ut det som låter skalet fylla i kommandon med tabb.

    Kommandon, flaggor, format, kommuner, insatser, regler och beslutens datum fylls i. Gör så här
    en gång, och öppna sedan ett nytt fönster.

    \b
    bash, med raden source ~/.insatskoll.bash i filen ~/.bashrc:
      insatskoll completion bash > ~/.insatskoll.bash
    zsh, med raden fpath+=~/.zfunc före compinit i filen ~/.zshrc:
      mkdir -p ~/.zfunc; insatskoll completion zsh > ~/.zfunc/_insatskoll
    fish:
      insatskoll completion fish > ~/.config/fish/completions/insatskoll.fish
    PowerShell, som en rad i filen som $PROFILE visar:
      insatskoll completion powershell | Out-String | Invoke-Expression
    """
    click.echo(_SCRIPTS[shell], nl=False)

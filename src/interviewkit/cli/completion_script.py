"""``interviewkit completion``: the script that lets a shell complete commands and names."""

import click

from interviewkit.cli.output import echo_text

_VARIABLE = "_INTERVIEWKIT_COMPLETE"

# Ours, because names have blanks in them, which bash takes for the ends of words, and commas.
_BASH = r"""_interviewkit_completion() {
    local word=${COMP_WORDS[COMP_CWORD]} line kind value
    COMPREPLY=()
    while IFS= read -r line; do
        line=${line%$'\r'}  # as programs on Windows end a line
        kind=${line%%,*} value=${line#*,}
        case $kind in
            dir) compopt -o dirnames 2>/dev/null ;;
            file) compopt -o default 2>/dev/null ;;
            plain)
                case $word in
                    [\"\']*) ;;  # inside quotes readline closes them itself
                    *) printf -v value %q "$value" ;;
                esac
                COMPREPLY+=("$value") ;;
        esac
    done < <(IFS=$'\n'; COMP_WORDS="${COMP_WORDS[*]}" COMP_CWORD=$COMP_CWORD \
        _INTERVIEWKIT_COMPLETE=bash_complete "$1" 2>/dev/null)
}
complete -o nosort -F _interviewkit_completion interviewkit 2>/dev/null ||
    complete -F _interviewkit_completion interviewkit
"""

_FISH = r"""function _interviewkit_completion
    set -l response (env _INTERVIEWKIT_COMPLETE=fish_complete COMP_WORDS=(commandline -cp) \
        COMP_CWORD=(commandline -t) interviewkit 2>/dev/null)
    for line in $response
        set -l parts (string split -m 1 , $line)
        switch $parts[1]
            case dir
                __fish_complete_directories $parts[2]
            case file
                __fish_complete_path $parts[2]
            case plain
                echo $parts[2]
        end
    end
end
complete --no-files --command interviewkit --arguments "(_interviewkit_completion)"
"""

# It asks as bash does: the words on a line each, quoted for a POSIX shell. What is no plain word,
# such as a file, is left to PowerShell, which completes names of files by itself.
_POWERSHELL = r"""Register-ArgumentCompleter -Native -CommandName interviewkit -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $words = @(
        $commandAst.CommandElements |
            Where-Object { $_.Extent.StartOffset -lt $cursorPosition } |
            ForEach-Object { if ($null -ne $_.Value) { "$($_.Value)" } else { $_.Extent.Text } }
    )
    if ($wordToComplete -eq '') { $words += '' }
    $env:COMP_WORDS = ($words | ForEach-Object { "'" + ($_ -replace "'", "'\''") + "'" }) -join "`n"
    $env:COMP_CWORD = $words.Count - 1
    $env:_INTERVIEWKIT_COMPLETE = 'bash_complete'
    try { $lines = @(& interviewkit 2>$null) }
    finally { Remove-Item Env:COMP_WORDS, Env:COMP_CWORD, Env:_INTERVIEWKIT_COMPLETE }
    foreach ($line in $lines) {
        $kind, $value = $line -split ',', 2
        if ($kind -eq 'plain' -and $value) {
            $text = $value
            if ($value -match '[^\w./\\:=+-]') {
                $text = "'" + ($value -replace '[\u0027\u2018\u2019\u201a\u201b]', '$0$0') + "'"
            }
            [System.Management.Automation.CompletionResult]::new(
                $text, $value, 'ParameterValue', $value)
        }
    }
}
"""


@click.command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish", "powershell"]))
def completion(shell: str) -> None:
    """Print the script that completes commands, options and names in SHELL.

    One line in the file that your shell reads when it starts:

    \b
    bash  ~/.bashrc                   source <(interviewkit completion bash)
    zsh   ~/.zshrc, after compinit   source <(interviewkit completion zsh)
    fish  ~/.config/fish/config.fish  interviewkit completion fish | source
    PowerShell  $PROFILE   interviewkit completion powershell | Out-String | Invoke-Expression

    Or write it once into the folder where your shell keeps such scripts, which starts faster.
    Then open a new shell.
    """
    scripts = {"bash": _BASH, "fish": _FISH, "powershell": _POWERSHELL}
    echo_text(scripts.get(shell) or _zsh(), nl=False)


def _zsh() -> str:
    """Click's own, which keeps blanks and commas; only what goes wrong stays silent."""
    from click.shell_completion import ZshComplete

    source = ZshComplete(click.Command("interviewkit"), {}, "interviewkit", _VARIABLE).source()
    return source.replace(
        'zsh_complete interviewkit)}")', 'zsh_complete interviewkit 2>/dev/null)}")'
    )

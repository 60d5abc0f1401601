"""What no single command declares: environment, files and exit codes; tests hold it to the code."""

ENVIRONMENT = {
    "INTERVIEWKIT_DB": "The records to use, unless `--db` names them.",
    "INTERVIEWKIT_BANKS": "The folder of your own question banks.",
    "INTERVIEWKIT_PRACTICE": "The folder of your own practice files.",
    "INTERVIEWKIT_SPEECH": "How many words a minute a rehearsal's candidate speaks; 0: at once.",
    "INTERVIEWKIT_SETTINGS": "The settings file.",
    "INTERVIEWKIT_INTERVIEWER": "Your name, in place of the one your login has.",
    "INTERVIEWKIT_THEME": "The theme: dark, light, or the name of a Textual theme.",
    "INTERVIEWKIT_BACKUPS": "How many daily backups are kept; 0 makes none.",
    "INTERVIEWKIT_TRANSCRIPT_DAYS": "How many days after the decision transcripts are kept.",
    "INTERVIEWKIT_PASSPHRASE_FILE": (
        "A file whose first line is the passphrase of encrypted records; nobody else may be able "
        "to read it."
    ),
    "INTERVIEWKIT_PASSPHRASE_FILE_NEW": (
        "The same for the passphrase that `data encrypt` and `data rekey` set."
    ),
    "INTERVIEWKIT_HUB_ADMIN": (
        "The hub's address as its administrator, such as `postgresql://admin@db.example.com/hub`."
    ),
    "NO_COLOR": "Set to anything: the screens are drawn without colour.",
}
# What it is, then where: on Linux, on macOS, on Windows.
FILES = {
    "Your records": (
        "~/.local/share/interviewkit/interviewkit.db",
        "~/Library/Application Support/interviewkit/interviewkit.db",
        r"%LOCALAPPDATA%\interviewkit\interviewkit.db",
    ),
    "Your own question banks": (
        "~/.local/share/interviewkit/question_banks/",
        "~/Library/Application Support/interviewkit/question_banks/",
        r"%LOCALAPPDATA%\interviewkit\question_banks",
    ),
    "Your own practice files": (
        "~/.local/share/interviewkit/practice_files/",
        "~/Library/Application Support/interviewkit/practice_files/",
        r"%LOCALAPPDATA%\interviewkit\practice_files",
    ),
    "Your settings": (
        "~/.config/interviewkit/settings.toml",
        "~/Library/Application Support/interviewkit/settings.toml",
        r"%LOCALAPPDATA%\interviewkit\settings.toml",
    ),
}
EXITS = {
    0: "Done.",
    1: "Something was found to be wrong, or it failed; stderr says what and what to do.",
    2: "The command was not understood; stderr says which part.",
    130: "Interrupted with Ctrl+C; what was saved before stays.",
}

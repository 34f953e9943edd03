// The program of sh that runs on the board: it takes one command at a time, and ends with the connection.

/** Seconds without a line from here until the agent ends, where the board's sh has `read -t`. */
const AGENT_WAITS = 30;

/**
 * The agent, as text for a shell that reads it from its standard input. Behind its first mark, `@@teem:KEY:0:ready`, it takes
 * lines: an empty one says that we are there; `KEY i 'PART'` is a part of a command's input, encoded as the first mark says;
 * `KEY q NUMBER 'COMMAND'` runs a command; `k` and `K` end the one that runs, by SIGTERM and SIGKILL;
 * `KEY g='PATH'` names what to remove at the end. At any other line, at the end of the input, and when nothing came for half a minute, it ends what it has
 * started, then itself. All that it starts has TEEMEM_SHELL in its environment, so that it finds what was left behind, too.
 */
export function agentText(key: string): string {
  return `TEEMEM_SHELL=${key} exec sh -c ${quoted(AGENT)} sh ${key} ${AGENT_WAITS}\n`;
}

/** The line by which the agent runs a command. */
export function requestLine(key: string, number: number, command: string): string {
  return `${key} q ${number} ${quoted(command).replaceAll("\n", `'"$n"'`)}\n`;
}

/** The line by which the agent takes a part of the input of its next command, in letters of its encoding. */
export function inputLine(key: string, part: string): string {
  return `${key} i '${part}'\n`;
}

/** A word of sh that stands for any text. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** The start of a mark's line; behind it `begin`, or the exit code. */
export function markOf(key: string, number: number): string {
  return `\n@@teem:${key}:${number}:`;
}

// t: key. r: options of read. u: decodes input. m, a: print a mark, on standard output and on standard error. x: sends a signal to all that have a setting in their
// environment, true if there were any. z: ends everything. w: watches our input while a command runs. i: takes a part of the
// command's input. q: runs a command.
const AGENT = String.raw`t=$1 r= i= g= n='
'; exec 3<&0
(read -t 1 l) </dev/null 2>/dev/null; [ $? = 1 ] && r="-t $2"
u() { printf "$1"; }; b=octal
[ "$(printf eA== | base64 -d 2>/dev/null)" = x ] && b=base64 && u() { printf %s "$1" | base64 -d; }
m() { printf '\n@@%s:%s:%s\n' teem "$t:$1" "$2"; }
a() { m "$@" >&2; }
x() {
  f=1; read -r me _ </proc/self/stat
  for e in /proc/[0-9]*; do
    e=$\{e#/proc/}; [ "$e" = $$ ] || [ "$e" = "$me" ] || while IFS= read -r v || [ -n "$v" ]; do
      case $v in *"$1"*) kill "-$2" "$e" && f=0; break;; esac
    done </proc/$e/environ
  done
  return $f
} 2>/dev/null
z() {
  x "TEEMEM_SHELL=$t" TERM && sleep 1 && x "TEEMEM_SHELL=$t" KILL
  [ -z "$g" ] || rm -rf "$g"
  [ "$me" = $$ ] || kill -9 $$
  exit 0
}
w() {
  while IFS= read -r $r l <&3; do
    case $l in k) x "TEEMEM_RUN=$t.$1." TERM;; K) x "TEEMEM_RUN=$t.$1." KILL;; ?*) break;; esac
  done
  z
}
i() { i=$i$1; }
q() {
  w "$1" & p=$!
  m "$1" begin; a "$1" begin
  { [ -z "$i" ] || u "$i"; } | TEEMEM_RUN=$t.$1. sh -c "$2" 3<&-; c=$?; i=
  { kill -9 $p; wait $p; } 2>/dev/null
  m "$1" $c; a "$1" $c
}
a 0 aside; m 0 ready:$b
while IFS= read -r $r l; do case $l in ''|k|K) ;; "$t "*) eval "$\{l#* }";; *) break;; esac; done
z`.replaceAll("$\\{", "${");

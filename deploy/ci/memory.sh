#!/bin/sh
# What a CI job asks teemem: is the memory budget kept, does a TA do something wrong with memory, does something leak?
# All systems of CI run this file; these variables say what there is. Each list is split at blanks.
#   MEMORY_COMMAND       the client and its arguments, to run against the TAs
#   MEMORY_TA            folders of TAs, which are built first
#   MEMORY_BUILD         more options of 'teemem ta build', like --optee optee_os
#   MEMORY_CHECK         true: look for memory errors of the TAs; full: also for memory that was never written
#   MEMORY_SUPPRESSIONS  files with findings that are known
#   MEMORY_RECORDING     recordings or logs to look at, instead of a command
#   MEMORY_BUDGET        the budget
#   MEMORY_LEAKS         true: fail where something grew
#   MEMORY_OUT           folder for all reports; memory-reports if not said
# Exit code: 0 well, 1 something was found, else that of what failed.
set -euf
out=${MEMORY_OUT:-memory-reports}
mkdir -p "$out"
result=0
attempt() { "$@" || { code=$?; [ "$result" -gt 1 ] || result=$code; }; }

case ${MEMORY_CHECK:-false} in
  true) check=--memcheck ;;
  full) check=--memcheck=full ;;
  *) check= ;;
esac
recording=${MEMORY_RECORDING:-}

if [ -n "${MEMORY_COMMAND:-}" ]; then
  recording=$out/run.arrows
  set --
  for folder in ${MEMORY_TA:-}; do
    teemem ta build "$folder" $check ${MEMORY_BUILD:-}
    set -- "$@" --ta "$folder"
  done
  for file in ${MEMORY_SUPPRESSIONS:-}; do set -- "$@" --suppressions "$file"; done
  if [ -n "$check" ]; then
    set -- "$@" "$check" --error-exitcode 1 --junit "$out/memcheck.xml" --sarif "$out/memcheck.sarif" --summary "$out/memcheck.md"
  fi
  attempt teemem exec "$@" --force -o "$recording" -- $MEMORY_COMMAND
  teemem report "$recording" --force --html "$out/run.html"
fi
if [ "${MEMORY_LEAKS:-false}" = true ]; then
  attempt teemem leaks $recording --sarif "$out/leaks.sarif"
fi
if [ -n "${MEMORY_BUDGET:-}" ]; then
  attempt teemem check "$MEMORY_BUDGET" $recording --junit "$out/budgets.xml" --summary "$out/budgets.md"
fi

{
  echo '<!-- teemem memory -->'
  for part in budgets memcheck; do
    if [ -f "$out/$part.md" ]; then cat "$out/$part.md" && echo; fi
  done
} >"$out/summary.md"
exit "$result"

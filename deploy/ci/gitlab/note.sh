#!/bin/sh
# Writes a file into a note of the merge request, one that is changed from run to run. Needs MEMORY_TOKEN; without it, or where the
# pipeline belongs to no merge request, nothing is done.
set -eu
[ -n "${MEMORY_TOKEN:-}" ] && [ -n "${CI_MERGE_REQUEST_IID:-}" ] && [ -f "$1" ] || exit 0
notes=$CI_API_V4_URL/projects/$CI_PROJECT_ID/merge_requests/$CI_MERGE_REQUEST_IID/notes
ask() { curl --silent --show-error --fail --header "PRIVATE-TOKEN: $MEMORY_TOKEN" "$@"; }
old=$(ask "$notes?per_page=100" | node -e '
  const notes = JSON.parse(require("node:fs").readFileSync(0, "utf8"));
  console.log(notes.find(({ body }) => body.startsWith("<!-- teemem memory -->"))?.id ?? "");
')
if [ -n "$old" ]
then ask --request PUT --data-urlencode "body@$1" --output /dev/null "$notes/$old"
else ask --request POST --data-urlencode "body@$1" --output /dev/null "$notes"
fi

#!/bin/sh
# Installs the teemem that this file belongs to, where none is there.
set -eu
command -v teemem >/dev/null && exit 0
cd "$(dirname "$0")/../.."
npm ci
npm run build
npm install -g .

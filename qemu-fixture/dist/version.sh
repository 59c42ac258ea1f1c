#!/bin/sh
# Prints the version of the checkout that this lies in: 1.2.3 at the tag v1.2.3, 1.2.3+4.g0123456789ab four commits later, and
# before the first tag that of the pom.
set -eu
cd "$(dirname "$0")/../.."
if described=$(git describe --tags --long --abbrev=12 --match 'v[0-9]*' 2>/dev/null); then
  commit=${described##*-}
  described=${described%-*}
  number=${described##*-}
  tag=${described%-*}
  version=${tag#v}
  if [ "$number" != 0 ]; then version=$version+$number.$commit; fi
else
  version=$(sed -n 's|^  <version>\(.*\)-SNAPSHOT</version>$|\1|p' pom.xml)
  version=$version~$(git rev-list --count HEAD).g$(git rev-parse --short=12 HEAD)
fi
printf '%s\n' "$version"

# Waits for a machine in the background and keeps its last words if it ends by itself: watch.sh FILE COMMAND...
# COMMAND writes to descriptor 3: "ready", then its last words. What ends the machine on request ends this first.
file=$1
folder=${1%/*}
shift
exec 4>&1
said=$("$@" 3>&1 >&4 2>&4 4>&-) && status=0 || status=$?
case $said in
  ready*) said=${said#ready} ;;
  *) exit "$status" ;;
esac
case $status in
  137) why='it was killed' ;;
  *) why="it ended with status $status" ;;
esac
mkdir -p -m 700 "$folder"
if [ -O "$folder" ] && [ ! -L "$folder" ]; then
  printf '%s at %s\n%s\n' "$why" "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$said" | grep . >"$file"
fi

#!/bin/sh
# What mdevctl asks about the mdevs of vfio_ap: which attributes an active one has, and to change it as it runs. Answers as the
# program ap-check of s390-tools, for computers that lack it, and gives way to it. What that program refuses before a start, the
# kernel refuses here. Who calls it, puts its name before what it says.
while getopts t:e:a:s:u:p: option; do
  case $option in
    t) type=$OPTARG ;;
    e) event=$OPTARG ;;
    a) action=$OPTARG ;;
    u) uuid=$OPTARG ;;
    *) ;;
  esac
done
[ "$type" = vfio_ap-passthrough ] || exit 2
installed=/usr/lib/mdevctl/scripts.d/callouts/ap-check
if [ -e $installed ] && [ ! $installed -ef "$0" ]; then exit 2; fi

matrix=/sys/devices/vfio_ap/matrix
functions='
  # Numbers as the kernel reads them: 16, 0x10, 020.
  function number(text) {
    if (text ~ /^0[xX]/) return digits(tolower(substr(text, 3)), 16)
    return digits(text, text ~ /^0/ ? 8 : 10)
  }
  function digits(text, base,  i, value, all) {
    for (i = 1; i <= length(text); i++) {
      all = index("0123456789abcdef", substr(text, i, 1))
      if (all == 0 || all > base) return 256
      value = value * base + all - 1
    }
    return text == "" ? 256 : value + 0
  }
  function taken(mask, id) { return int((index("0123456789abcdef", substr(mask, 3 + int(id / 4), 1)) - 1) / 2 ^ (3 - id % 4)) % 2 }
'

# Prints the attributes of the active mdev.
attributes() {
  awk "$functions"'
    /\./ {
      split($0, part, ".")
      if (part[1] != "") adapters[digits(part[1], 16)]
      if (part[2] != "") domains[digits(part[2], 16)]
      next
    }
    { controls[digits($0, 16)] }
    function print_all(ids, name,  id) {
      for (id = 0; id < 256; id++) if (id in ids) { printf "%s{\"%s\": \"%d\"}", separator, name, id; separator = "," }
    }
    END {
      printf "["
      print_all(adapters, "assign_adapter")
      print_all(domains, "assign_domain")
      print_all(controls, "assign_control_domain")
      print "]"
    }' "$matrix/$uuid/matrix" "$matrix/$uuid/control_domains"
}

# Prints what to write to ap_config for the definition on standard input, or why not.
masks() {
  tr -d '[:space:]' | grep -o '"assign_[a-z_]*":"[^"]*"' | tr -d '"' | awk -F: -v own="$uuid" -v matrix="$matrix" "$functions"'
    {
      id = number($2)
      if (id > 255) { print "Invalid " $1 ": " $2 > "/dev/stderr"; bad = 1; exit }
      if ($1 == "assign_adapter") adapters[id]
      if ($1 == "assign_domain") domains[id]
      if ($1 == "assign_control_domain") controls[id]
    }
    function refuse(adapter, domain, why) {
      print "APQN " adapter "." domain " " why > "/dev/stderr"
      bad = 1
    }
    function check_host(  apmask, aqmask, adapter, domain) {
      getline apmask <"/sys/bus/ap/apmask"
      getline aqmask <"/sys/bus/ap/aqmask"
      for (adapter in adapters) for (domain in domains) if (taken(apmask, adapter) && taken(aqmask, domain))
        refuse(adapter, domain, "is not allowed for vfio_ap-passthrough use by the active ap bus mask settings")
    }
    function check_others(  find, file, part, line, uuid, apqn) {
      find = "ls " matrix "/*-*-*-*-*/matrix"
      while ((find | getline file) > 0) {
        split(substr(file, length(matrix) + 2), part, "/")
        uuid = part[1]
        if (uuid == own) continue
        while ((getline line <file) > 0) {
          split(line, apqn, ".")
          if (digits(apqn[1], 16) in adapters && digits(apqn[2], 16) in domains)
            refuse(digits(apqn[1], 16), digits(apqn[2], 16), "already in use by " uuid)
        }
      }
    }
    function mask(ids,  text, i, j, digit) {
      text = "0x"
      for (i = 0; i < 256; i += 4) {
        digit = 0
        for (j = 0; j < 4; j++) digit = digit * 2 + ((i + j) in ids)
        text = text substr("0123456789abcdef", digit + 1, 1)
      }
      return text
    }
    END {
      if (!bad) { check_host(); check_others() }
      if (bad) exit 1
      print mask(adapters) "," mask(domains) "," mask(controls)
    }'
}

modify() {
  if [ ! -e "$matrix/$uuid/ap_config" ]; then
    printf 'vfio-ap module does not support ap_config for live modification' >&2
    exit 255
  fi
  if masks=$(masks 2>&1); then
    { echo "$masks" >"$matrix/$uuid/ap_config"; } 2>/dev/null && exit 0
    masks='vfio_ap refuses the change'
  fi
  echo "$masks" >&2
  exit 255
}

# Without this answer mdevctl changes nothing live.
capabilities() {
  echo '{"supports": {"version": 2, "actions": ["define", "undefine", "modify", "start", "stop", "attributes",
    "capabilities"], "events": ["pre", "post", "get", "live"]}}'
}

case $event-$action in
  get-capabilities) capabilities ;;
  get-attributes) attributes 2>/dev/null ;;
  live-modify) modify ;;
  *) ;;
esac

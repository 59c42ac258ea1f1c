# Lets bash complete the command vfioap, and zsh through its bashcompinit.
if [ -n "${ZSH_VERSION:-}" ]; then
  if ! type compdef >/dev/null 2>&1; then autoload -Uz compinit && compinit -u; fi
  autoload -Uz bashcompinit && bashcompinit
fi

# Prints the words of a kind, a line each. Names of machines and guests are asked for at this moment.
_vfioap_words() {
  case $1 in
    machine) "$_vfioap_program" list -q ;;
    guest)
      "$_vfioap_program" guest list ${_vfioap_machine:+"$_vfioap_machine"} --json |
        tr '{' '\n' | sed -n 's/^"name":"\([^"]*\)".*/\1/p'
      ;;
    preset) printf '%s\n' @PRESETS@ ;;
    profile) printf '%s\n' @PROFILES@ ;;
    entry) printf '%s\n' exec shell ;;
    change) _vfioap_changes ;;
  esac 2>/dev/null
}

# Prints what may follow in 'vfioap hw'.
_vfioap_changes() {
  case $_vfioap_before in
    adapter\ *) printf '%s\n' add remove deconfigure configure checkstop repair functions serialnr api-ordinalnr fw-version op-modes ;;
    domain\ * | control-domain\ *) printf '%s\n' add remove ;;
    queue\ *)
      printf '%s\n' ok absent checkstopped deconfigured reset-busy-once reset-stuck bind-refused association-refused \
        association-pending mkvps op-modes
      ;;
    *\ adapter | *\ domain | *\ control-domain | *\ queue | fault\ * | *\ fault) ;;
    *) printf '%s\n' show adapter domain control-domain queue fault scan ;;
  esac
}

# Sets what there is to say about a command: its subcommands, options, the values that options take, and its arguments.
_vfioap_command() {
  case $1 in
@TABLE@
    *) commands='' options='' values='' positions='' ;;
  esac
}

# _vfioap_value OPTION: prints the kind of its value; nothing if it takes none.
_vfioap_value() {
  case " $values " in
    *" $1="*)
      set -- "${values#*"$1="}"
      printf '%s\n' "${1%% *}"
      ;;
  esac
}

# _vfioap_position NUMBER: prints the kind of the argument.
_vfioap_position() {
  printf '%s' "$positions" | tr ' ' '\n' | awk -v n="$1" '
    { kind = $0; last = sub(/\*$/, "", kind); if (NR == n || (last && NR < n)) { print kind; exit } }'
}

_vfioap() {
  local commands options values positions cur name word kind kinds count i
  local _vfioap_program=${COMP_WORDS[0]} _vfioap_machine= _vfioap_before=
  cur=${COMP_WORDS[COMP_CWORD]}
  COMPREPLY=()
  name=vfioap
  count=1
  kind=
  _vfioap_command "$name"
  for ((i = 1; i < COMP_CWORD; i++)); do
    word=${COMP_WORDS[i]}
    if [ -n "$kind" ]; then
      kind=
    elif [ "$word" = -- ]; then
      # A command of its own, which is completed as any other.
      if [ $((i + 1)) = "$COMP_CWORD" ]; then
        COMPREPLY=($(compgen -c -- "$cur"))
      else
        COMPREPLY=($(compgen -f -- "$cur"))
      fi
      return
    else
      case " $commands " in
        *" $word "*)
          name="$name $word"
          _vfioap_command "$name"
          continue
          ;;
      esac
      case $word in
        -*) kind=$(_vfioap_value "$word") ;;
        *)
          if [ "$count" = 1 ]; then _vfioap_machine=$word; fi
          _vfioap_before="${_vfioap_before##* } $word"
          count=$((count + 1))
          ;;
      esac
    fi
  done
  case $name:$count in
    'vfioap guest:2') ;;
    *) _vfioap_machine= ;;
  esac
  if [ -n "$kind" ]; then
    kinds=$kind
  else
    case $cur in
      -*) COMPREPLY=($(compgen -W "$options" -- "$cur")); return ;;
    esac
    kinds=$(_vfioap_position "$count")
    if [ "$count" = 1 ]; then COMPREPLY=($(compgen -W "$commands" -- "$cur")); fi
  fi
  while [ -n "$kinds" ]; do
    kind=${kinds%%+*}
    case $kinds in *+*) kinds=${kinds#*+} ;; *) kinds= ;; esac
    if [ "$kind" = file ]; then
      COMPREPLY+=($(compgen -f -- "$cur"))
    else
      COMPREPLY+=($(compgen -W "$(_vfioap_words "$kind")" -- "$cur"))
    fi
  done
}

complete -o filenames -F _vfioap vfioap

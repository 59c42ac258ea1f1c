# Becomes a program that believes to be on a Z: seccomp.pl PROGRAM ARGUMENT... A filter of system calls answers where this
# computer's kernel would not as the machine's does, so that libvirt takes the XML that it takes on a Z:
#
# - uname(2) says s390x, else libvirt knows of no host CPU. A child writes it into the caller's memory, see seccomp_unotify(2).
# - prlimit(2) that sets RLIMIT_MEMLOCK succeeds. An ordinary user may not raise it, and nothing is locked: guests have no memory.
#
# Where there can be no such filter the program runs without.
use strict;
use warnings;
use Config;
use Errno;

sub become {
  exec {$ARGV[0]} @ARGV or die "vfioap: $ARGV[0]: $!\n";
}

# The numbers of seccomp, prlimit64, uname, and the architecture as filters see it.
my %known = ('x86_64' => [317, 302, 63, 0xc000003e], 'aarch64' => [277, 261, 160, 0xc00000b7]);
my ($processor) = $Config{archname} =~ /^(\w+?)-/;
become() if !$known{$processor};
my ($seccomp, $prlimit, $uname, $architecture) = @{$known{$processor}};

# struct sock_filter: code, how many to skip if true and if false, constant. Offsets are those of struct seccomp_data.
sub load { return pack('SCCL', 0x20, 0, 0, $_[0]); }
sub equal { return pack('SCCL', 0x15, $_[1], $_[2], $_[0]); }
sub answer { return pack('SCCL', 0x06, 0, 0, $_[0]); }
my ($allow, $succeed, $ask) = (answer(0x7fff0000), answer(0x00050000), answer(0x7fc00000));
my $RLIMIT_MEMLOCK = 8;
my $filter = join('',
  load(4), equal($architecture, 0, 9),
  load(0), equal($uname, 9, 0), equal($prlimit, 0, 6),
  load(24), equal($RLIMIT_MEMLOCK, 0, 4),
  load(32), equal(0, 0, 3), load(36), equal(0, 0, 1),
  $allow, $succeed, $ask);

my $listener = syscall($seccomp, 1, 8, pack('S x6 P', length($filter) / 8, $filter));
become() if $listener < 0;
my $child = fork();
die "vfioap: fork: $!\n" if !defined $child;
become() if $child;

$0 = 'vfioap-uname';
open(STDIN, '<', '/dev/null');
open(STDOUT, '>', '/dev/null');
open(STDERR, '>', '/dev/null');

sub kernel {
  open(my $file, '<', "/proc/sys/kernel/$_[0]") or return '';
  chomp(my $line = <$file> // '');
  return $line;
}

open(my $requests, '+<&=', $listener) or die;
my ($RECEIVE, $SEND) = (0xc0502100, 0xc0182101);
while (1) {
  my $request = "\0" x 80;
  if (!ioctl($requests, $RECEIVE, $request)) {
    # Interrupted, or the caller is gone.
    next if $!{EINTR} || $!{ENOENT};
    last;
  }
  my ($id, $pid, undef, undef, undef, undef, $address) = unpack('QLLlLQQ', $request);
  my @names = map { kernel($_) } qw(ostype hostname osrelease version);
  my $names = pack('(a64x)6', @names, 's390x', kernel('domainname'));
  my $error = -14;
  if (open(my $memory, '+<:raw', "/proc/$pid/mem")) {
    sysseek($memory, $address, 0);
    $error = 0 if (syswrite($memory, $names) // 0) == length $names;
  }
  ioctl($requests, $SEND, pack('QqlL', $id, 0, $error, 0));
}

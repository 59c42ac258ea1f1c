# observe.pl FILE: makes the writes of FILE, one "PATH TEXT" a line, then prints every file and link of the AP bus.
use strict;
use warnings;

open my $writes, '<', $ARGV[0] or die "$ARGV[0]: $!";
while (<$writes>) {
  chomp;
  next if /^#/ || !/^(\S+) ?(.*)$/;
  my ($path, $text) = ($1, $2);
  $text =~ s/\\n/\n/g;
  my $errno = 0;
  my $file;
  if (sysopen $file, "/sys/$path", 1) {
    my $wrote = syswrite $file, $text;
    $errno = $! + 0 if !defined $wrote;
  } else {
    $errno = $! + 0;
  }
  print "W $_ -> $errno\n";
}

# Queues are reset, and their interrupts enabled, one timer tick after the other.
for (1 .. 100) {
  last if !grep { /pending|in progress/i } map { slurp($_) } queue_files();
  select undef, undef, undef, 0.05;
}

sub names {
  opendir my $directory, $_[0] or return;
  return sort grep { !/^\.\.?$/ } readdir $directory;
}

sub queue_files {
  my $root = '/sys/devices/ap';
  my @queues = map { my $card = "$root/$_"; map { "$card/$_" } grep { /\./ } names($card) } grep { /^card/ } names($root);
  return map { ("$_/interrupt", "$_/reset") } @queues;
}

sub slurp {
  open my $file, '<', $_[0] or return '';
  return join '', <$file>;
}

sub visit {
  my ($path) = @_;
  if (-l "/sys/$path") {
    print "L $path ", readlink "/sys/$path", "\n";
  } elsif (-d "/sys/$path") {
    visit("$path/$_") for names("/sys/$path");
  } else {
    my $text = '!';
    if (open my $file, '<', "/sys/$path") {
      my $count = sysread $file, my $read, 65536;
      $text = defined $count ? $read : '!' . ($! + 0);
      $text =~ s/\n/|/g;
    }
    print "F $path $text\n";
  }
}
visit('bus/ap');
visit('devices/ap');

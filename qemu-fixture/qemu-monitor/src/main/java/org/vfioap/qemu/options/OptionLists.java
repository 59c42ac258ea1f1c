package org.vfioap.qemu.options;

import java.util.Optional;

/**
 * The lists that options of the command line go into. Source: softmmu/vl.c, blockdev.c, chardev/,
 * monitor/, net/ and ui/ of QEMU 7.2.
 */
public final class OptionLists {
  /** Name, + if all options make one, implied key, then types with their keys. */
  private static final String TABLE =
      """
      accel accel
      device driver
      object qom-type
      netdev type
      nic type
      net type
      numa type
      tpmdev type
      plugin file
      drive -
      memory+ size size:size,maxmem num:slots
      smp-opts+ cpus num:cpus,sockets,dies,clusters,cores,threads,maxcpus
      boot-opts+ order str:order,once,splash bool:menu,strict num:splash-time,reboot-timeout
      name+ guest str:guest,process bool:debug-threads
      msg - bool:timestamp,guest-name
      overcommit - bool:mem-lock,cpu-pm
      sandbox enable bool:enable str:obsolete,elevateprivileges,spawn,resourcecontrol
      rtc+ - str:base,clock,driftfix
      icount+ shift str:shift,rr,rrfile,rrsnapshot bool:align,sleep
      action+ - str:shutdown,reboot,panic,watchdog
      fw_cfg name str:name,file,string,gen_id
      add-fd - num:fd,set str:opaque
      option-rom romfile num:bootindex str:romfile
      mon chardev str:mode,chardev bool:pretty
      trace enable str:enable,events,file
      global - str:driver,property,value
      iscsi - str:user,password,password-secret,header-digest,initiator-name num:timeout
      vnc vnc str:vnc,websocket,tls-creds,share,display,password-secret,tls-authz,sasl-authz,audiodev \
      num:head,connections,to,key-delay-ms \
      bool:ipv4,ipv6,password,reverse,lock-key-sync,sasl,lossy,non-adaptive,power-control
      fsdev fsdriver \
      str:fsdriver,path,security_model,writeout,multidevs,socket bool:readonly num:sock_fd,fmode,dmode
      virtfs fsdriver \
      str:fsdriver,path,mount_tag,security_model,writeout,multidevs,socket bool:readonly \
      num:sock_fd,fmode,dmode
      chardev backend \
      str:backend,path,host,port,fd,localaddr,localport,tls-creds,tls-authz,name,chardev,logfile \
      num:to,reconnect,width,height,cols,rows,debug size:size \
      bool:ipv4,ipv6,wait,server,delay,nodelay,telnet,tn3270,websocket,mux,signal,append,logappend,\
      mouse,clipboard,tight,abstract
      """;

  private OptionLists() {}

  /** Returns the list that the option {@code option} goes into. */
  public static Optional<OptionList> of(String option) {
    String name =
        switch (option) {
          case "m" -> "memory";
          case "smp" -> "smp-opts";
          case "boot" -> "boot-opts";
          default -> option;
        };
    // A loop, and no lambdas, since those would cost time at the start.
    for (String line : TABLE.split("\n", -1)) {
      if (line.startsWith(name + " ") || line.startsWith(name + "+ ")) {
        return Optional.of(OptionList.parse(line));
      }
    }
    return Optional.empty();
  }

  /** Returns a list that exists. */
  public static OptionList get(String option) {
    return of(option).orElseThrow();
  }
}

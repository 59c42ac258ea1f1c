module example.org/vfioap

go 1.19

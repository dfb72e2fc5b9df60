// SPDX-License-Identifier: Apache-2.0

// xdp1 in Go over cilium/ebpf, for the comparison of starts: load, attach, read once, detach.
//
//	xdp1-go OBJECT INTERFACE
package main

import (
	"fmt"
	"log"
	"net"
	"os"
	"time"

	"github.com/cilium/ebpf"
	"github.com/cilium/ebpf/link"
)

func main() {
	collection, err := ebpf.LoadCollection(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	defer collection.Close()
	device, err := net.InterfaceByName(os.Args[2])
	if err != nil {
		log.Fatal(err)
	}
	attached, err := link.AttachXDP(link.XDPOptions{
		Program:   collection.Programs["xdp_prog1"],
		Interface: device.Index,
		Flags:     link.XDPDriverMode,
	})
	if err != nil {
		log.Fatal(err)
	}
	defer attached.Close()
	time.Sleep(time.Millisecond)
	counts := collection.Maps["rxcnt"]
	var values []uint64
	for key := uint32(0); key < counts.MaxEntries(); key++ {
		if err := counts.Lookup(key, &values); err != nil {
			log.Fatal(err)
		}
		var sum uint64
		for _, value := range values {
			sum += value
		}
		if sum != 0 {
			fmt.Printf("proto %d: %10d packets\n", key, sum)
		}
	}
}

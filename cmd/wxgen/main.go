package main

import (
	"os"
	"runtime/debug"
)

func main() { os.Exit(run()) }

func run() int {
	tune()
	return report(os.Stderr, newRoot().Execute())
}

// tune makes the garbage collector lazy, since a short run could hardly reuse memory. GOGC and
// GOMEMLIMIT override that.
func tune() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(400)
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(300 << 20)
	}
}

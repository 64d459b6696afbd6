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

// tune makes the collector lazy: a run is over before most of its memory could be used again.
// GOGC and GOMEMLIMIT, if set, have the last word.
func tune() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(400)
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(300 << 20)
	}
}

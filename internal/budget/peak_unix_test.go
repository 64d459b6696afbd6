//go:build unix

package budget

import (
	"os"
	"runtime"
	"syscall"
)

// peak returns the memory of the largest of a process and its children, in MiB.
func peak(p *os.ProcessState) int64 {
	usage, ok := p.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0
	}
	if runtime.GOOS == "darwin" { // in bytes there, in KiB elsewhere
		return int64(usage.Maxrss) >> 20
	}
	return int64(usage.Maxrss) >> 10
}

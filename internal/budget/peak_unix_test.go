//go:build unix

package budget

import (
	"os"
	"runtime"
	"syscall"
)

// peak returns the memory in MiB of a process or of its largest child, whichever is larger.
func peak(p *os.ProcessState) int64 {
	usage, ok := p.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0
	}
	if runtime.GOOS == "darwin" { // the unit is bytes there, KiB elsewhere
		return int64(usage.Maxrss) >> 20
	}
	return int64(usage.Maxrss) >> 10
}

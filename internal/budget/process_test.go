package budget

import (
	"os/exec"
	"testing"
	"time"
)

// cost is the time and memory of a process.
type cost struct {
	wall time.Duration
	// memory of the largest process in MiB, children included; 0 if the system does not report it
	peak int64
}

// run waits for a process, which must succeed.
func run(b *testing.B, cmd *exec.Cmd) cost {
	b.Helper()
	start := time.Now()
	if out, err := cmd.CombinedOutput(); err != nil {
		b.Fatalf("%v: %v\n%s", cmd.Args, err, out)
	}
	return cost{time.Since(start), peak(cmd.ProcessState)}
}

// compile builds a command of this module into a folder of its own.
func compile(b *testing.B, pkg string) (bin string) {
	b.Helper()
	bin = b.TempDir() + "/command.exe" // only Windows needs the name
	run(b, exec.Command("go", "build", "-o", bin, pkg))
	return bin
}

// best repeats a measurement and keeps the shortest time and the highest peak. Other work on the
// machine disturbs the shortest time least.
func best(b *testing.B, measure func() cost) cost {
	var best cost
	for b.Loop() {
		c := measure()
		if best.wall == 0 || c.wall < best.wall {
			best.wall = c.wall
		}
		best.peak = max(best.peak, c.peak)
	}
	b.ReportMetric(0, "ns/op") // ns/op would count all runs, and the preparations
	b.ReportMetric(best.wall.Seconds(), "s")
	b.ReportMetric(float64(best.peak), "MiB-peak")
	return best
}

// reportTimes reports a time relative to another, unless the other benchmark was filtered out.
func reportTimes(b *testing.B, wall, other time.Duration, unit string) {
	b.Helper()
	if other > 0 {
		b.ReportMetric(wall.Seconds()/other.Seconds(), unit)
	}
}

// atMost fails a benchmark that is over its budget.
func atMost(b *testing.B, what string, got, budget int64) {
	b.Helper()
	if got > budget {
		b.Errorf("%d %s; the budget is %d", got, what, budget)
	}
}

package budget

import (
	"os/exec"
	"testing"
	"time"
)

// cost is what running a process took.
type cost struct {
	wall time.Duration
	// memory of the largest process in MiB, children included; 0 where the system does not tell
	peak int64
}

// run waits for a process, which has to succeed.
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
	bin = b.TempDir() + "/command.exe" // only Windows minds the name
	run(b, exec.Command("go", "build", "-o", bin, pkg))
	return bin
}

// best repeats what a benchmark measures and keeps the shortest time, which other work on the
// machine disturbs least, and the highest peak.
func best(b *testing.B, measure func() cost) cost {
	var best cost
	for b.Loop() {
		c := measure()
		if best.wall == 0 || c.wall < best.wall {
			best.wall = c.wall
		}
		best.peak = max(best.peak, c.peak)
	}
	b.ReportMetric(0, "ns/op") // it is of all runs, and includes the preparations
	b.ReportMetric(best.wall.Seconds(), "s")
	b.ReportMetric(float64(best.peak), "MiB-peak")
	return best
}

// reportTimes reports a time in those of another, unless that was filtered out.
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

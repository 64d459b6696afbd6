package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"slices"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/wxgen/wxgen/internal/fault"
)

func main() { os.Exit(run()) }

func run() int {
	tune()
	return report(os.Stderr, newRoot().Execute())
}

// writing is the context of a verb that has begun to write. Before, an interrupt ends the process,
// since there is nothing to put back; now the first one ends the context, and the second one the
// process.
func writing(c *cobra.Command) (context.Context, context.CancelFunc) {
	ctx, stop := signal.NotifyContext(c.Context(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop)
	return ctx, stop
}

// waiting tells the user that another process writes to the same folder.
func waiting(c *cobra.Command) func(dir string) {
	return func(dir string) {
		fmt.Fprintf(c.ErrOrStderr(), "wxgen: waiting for another wxgen that writes to %s\n", dir)
	}
}

// tune makes the collector lazy: a run is over before most of its memory could be used again. Who
// sets GOGC or GOMEMLIMIT knows better.
func tune() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(400)
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(300 << 20)
	}
}

// failure is an error with an exit code of its own.
type failure struct {
	code int
	err  error // nil if everything is said already
}

func (f *failure) Error() string { return fmt.Sprint(f.err) }
func (f *failure) Unwrap() error { return f.err }

// report prints an error and returns the exit code it stands for: 1 for faults in the description,
// otherwise 2.
func report(w io.Writer, err error) int {
	if err == nil {
		return 0
	}
	code := 2
	faults, faulty := fault.As(err)
	if faulty {
		code = 1
	}
	if f, ok := errors.AsType[*failure](err); ok {
		code, err = f.code, f.err
	}
	switch {
	case err == nil:
	case faulty:
		fmt.Fprintf(w, "%s\nwxgen: %s\n", strings.Join(some(texts(faults)), "\n"), summary(faults))
	default:
		for line := range strings.SplitSeq(err.Error(), "\n") {
			fmt.Fprintf(w, "wxgen: %s\n", line)
		}
	}
	return code
}

// some are the first of many lines: who has more faults mends those first, and a terminal holds no
// more.
func some(lines []string) []string {
	const most = 50
	if more := len(lines) - most; more > 1 { // one more line takes no more room than saying so
		return append(slices.Clip(lines[:most]), fmt.Sprintf("and %d more", more))
	}
	return lines
}

func texts(faults fault.List) []string {
	lines := make([]string, len(faults))
	for i, f := range faults {
		lines[i] = f.Error()
	}
	return lines
}

// summary counts faults and the files they are in.
func summary(faults fault.List) string {
	files := map[string]bool{}
	for _, f := range faults {
		files[f.File] = true
	}
	return count(len(faults), "fault") + " in " + count(len(files), "file") + " of the description"
}

// count is a number with its noun: "1 file", "2 files".
func count(n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return fmt.Sprintf("%d %s", n, noun)
}

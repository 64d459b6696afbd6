package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/wxgen/wxgen/internal/fault"
)

// failure is an error with an exit code of its own.
type failure struct {
	code int
	err  error // nil if it has been reported
}

func (f *failure) Error() string { return fmt.Sprint(f.err) }
func (f *failure) Unwrap() error { return f.err }

// report prints an error and returns its exit code: 1 for faults in the description, otherwise 2.
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

// some are the first of many lines: people mend those first, and a terminal holds no more.
func some(lines []string) []string {
	const most = 50
	if more := len(lines) - most; more > 1 { // one more line takes no more room than its count
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

func exists(name string) bool {
	_, err := os.Stat(name)
	return err == nil
}

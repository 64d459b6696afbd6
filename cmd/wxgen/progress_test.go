package main

import (
	"bytes"
	"os"
	"testing"
	"testing/synctest"
	"time"
)

func TestProgress(t *testing.T) {
	for _, c := range []struct {
		name  string
		takes time.Duration
		want  string
	}{
		{"quick", patience - 1, ""},
		{"slow", patience + 2*frame, "\r\x1b[Kwxgen: reading 1 of 2\r\x1b[Kwxgen: reading 2 of " +
			"2\r\x1b[K"},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var screen bytes.Buffer
				p := &progress{w: &screen, done: make(chan struct{})}
				p.wg.Go(p.show)
				p.say("reading %d of 2", 1)
				time.Sleep(c.takes - frame)
				p.say("reading %d of 2", 2)
				time.Sleep(frame)
				p.stop()
				if screen.String() != c.want {
					t.Errorf("got %q\nwant %q", screen.String(), c.want)
				}
			})
		})
	}
}

// A pipe or a file gets results and no progress.
func TestProgressOnlyOnTerminal(t *testing.T) {
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	defer w.Close()
	file, err := os.Create(t.TempDir() + "/log")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if isTerminal(w) || isTerminal(file) || isTerminal(new(bytes.Buffer)) {
		t.Error("taken for a terminal")
	}
}

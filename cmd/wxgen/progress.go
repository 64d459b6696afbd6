package main

import (
	"fmt"
	"io"
	"os"
	"sync"
	"time"
)

const (
	patience = 500 * time.Millisecond // faster commands show no progress
	frame    = 100 * time.Millisecond
)

// progress shows the work of a slow command on a terminal. It never writes to a pipe or a file.
type progress struct {
	w    io.Writer
	mu   sync.Mutex
	text string
	done chan struct{}
	wg   sync.WaitGroup
}

// newProgress starts the display if w is a terminal. The caller must call stop.
func newProgress(w io.Writer) *progress {
	p := &progress{w: w, done: make(chan struct{})}
	if isTerminal(w) {
		p.wg.Go(p.show)
	}
	return p
}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok || os.Getenv("TERM") == "dumb" {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// say sets the text to show. On a nil progress it does nothing.
func (p *progress) say(format string, args ...any) {
	if p == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.text = fmt.Sprintf(format, args...)
}

// show draws the text, once patience is over, until stop.
func (p *progress) show() {
	wait, drawn := patience, ""
	for {
		select {
		case <-p.done:
			if drawn != "" {
				fmt.Fprint(p.w, "\r\x1b[K")
			}
			return
		case <-time.After(wait):
		}
		wait = frame
		p.mu.Lock()
		text := p.text
		p.mu.Unlock()
		if text != drawn {
			fmt.Fprintf(p.w, "\r\x1b[Kwxgen: %s", text)
			drawn = text
		}
	}
}

// stop ends the display and clears its line.
func (p *progress) stop() {
	close(p.done)
	p.wg.Wait()
}

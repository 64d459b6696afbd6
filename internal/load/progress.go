package load

import (
	"sync"
)

// steps reports progress.
type steps struct {
	mu        sync.Mutex
	report    func(done, total int)
	at, total int
}

func (s *steps) done() {
	if s.report == nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.at++
	s.report(s.at, s.total)
}

func (s *steps) more(n int) { s.total += n }

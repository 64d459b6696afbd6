package wxpaytest

import "github.com/wxgen/wxgen/internal/mock/fault"

// Misbehave spoils the next replies, as many as times says.
func (s *Server) Misbehave(f Fault, times int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.fault, s.faulty = f, times
}

func (s *Server) takeFault() fault.Kind {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.faulty == 0 {
		return ""
	}
	s.faulty--
	return kinds[s.fault]
}

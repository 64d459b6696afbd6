package control

import (
	"fmt"
	"net/http"
	"strings"
	"time"
)

type clockState struct {
	Now   time.Time `json:"now"`
	Ahead string    `json:"ahead"` // of the real time
}

func (s *Server) clock(*http.Request) (any, error) {
	now, ahead := s.Engine.Clock()
	return clockState{now, ahead.String()}, nil
}

// mostAhead bounds the clock, so that certificates and schedules still work.
const mostAhead = 10 * 365 * 24 * time.Hour

func (s *Server) advance(r *http.Request) (any, error) {
	var in struct{ Advance string }
	if err := read(r, &in); err != nil {
		return nil, err
	}
	d, err := time.ParseDuration(strings.TrimPrefix(in.Advance, "+"))
	_, ahead := s.Engine.Clock()
	if err != nil || d < 0 || ahead+d > mostAhead {
		return nil, fmt.Errorf("%q is no time to put the clock forward by; use one like 3h or 45m",
			in.Advance)
	}
	s.Engine.Advance(d)
	return s.clock(r)
}

package mock

import (
	"sync"
	"time"
)

// Change is a change of the server's state, for watchers.
type Change struct {
	Kind string `json:"kind"` // "exchange", "object", "delivery", "clock", "fault", "reset"
	ID   int64  `json:"id,omitempty"`
}

// log holds the latest exchanges and the watchers.
type log struct {
	mu       sync.Mutex
	last     int64
	ring     [MaxExchanges]*Exchange
	watchers map[chan Change]struct{}
}

func (l *log) number() int64 {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.last++
	return l.last
}

func (l *log) add(x *Exchange, began time.Time) {
	if x.ID == 0 {
		x.ID = l.number()
	}
	x.TookMS = float64(time.Since(began).Microseconds()) / 1000
	l.mu.Lock()
	l.ring[x.ID%MaxExchanges] = x
	l.mu.Unlock()
	l.tell(Change{"exchange", x.ID})
}

// tell sends a change to all watchers. A slow one misses changes and does not block the server.
func (l *log) tell(c Change) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for ch := range l.watchers {
		select {
		case ch <- c:
		default:
		}
	}
}

func (l *log) close() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for ch := range l.watchers {
		close(ch)
	}
	l.watchers = nil
}

func (l *log) clear() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.ring = [MaxExchanges]*Exchange{}
}

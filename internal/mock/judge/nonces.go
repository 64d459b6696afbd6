package judge

import (
	"sync"
	"time"
)

// MaxNonces is how many nonces are remembered at most: older ones are forgotten first. One takes
// about 150 bytes.
const MaxNonces = 1 << 17

// nonces remembers what was used within the time in which a timestamp is accepted, in two
// generations.
type nonces struct {
	mu       sync.Mutex
	now, old map[string]struct{}
	since    time.Time
}

// seen notes a nonce and reports whether it was there before.
func (n *nonces) seen(key string, at time.Time) bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.now == nil || at.Sub(n.since).Abs() > 2*Skew || len(n.now) >= MaxNonces/2 {
		n.old, n.now, n.since = n.now, make(map[string]struct{}), at
	}
	_, fresh := n.now[key]
	_, stale := n.old[key]
	n.now[key] = struct{}{}
	return fresh || stale
}

// forget empties the memory.
func (n *nonces) forget() {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.now, n.old = nil, nil
}

// Skew is how far a request's timestamp may be off.
const Skew = 5 * time.Minute

package judge

import (
	"sync"
	"time"
)

// MaxNonces bounds the remembered nonces. The oldest are forgotten first. One takes about 150
// bytes.
const MaxNonces = 1 << 17

// nonces holds the nonces that were used within the window of timestamps, in two generations.
type nonces struct {
	mu       sync.Mutex
	now, old map[string]struct{}
	since    time.Time
}

// seen adds a nonce and reports whether it was known.
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

// forget forgets all nonces.
func (n *nonces) forget() {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.now, n.old = nil, nil
}

// Skew is the largest error of a request's timestamp.
const Skew = 5 * time.Minute

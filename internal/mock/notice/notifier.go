package notice

import (
	"net/http"
	"sync"

	"github.com/wxgen/wxgen/internal/mock/clock"
	"github.com/wxgen/wxgen/internal/mock/desc"
	"github.com/wxgen/wxgen/internal/mock/fault"
	"github.com/wxgen/wxgen/internal/mock/keys"
)

// Config configures a notifier.
type Config struct {
	Ring    *keys.Ring
	Set     *desc.Set
	Clock   *clock.Clock
	Faults  *fault.Set
	Seed    string
	Hosts   []string       // allowed hosts beyond loopback
	Probes  int            // a probe precedes every Probes-th delivery; 0 means never
	Changed func(id int64) // called after each try
}

// Notifier delivers notifications. It is safe for concurrent use.
type Notifier struct {
	cfg    Config
	client *http.Client

	mu   sync.Mutex
	last int64
	ring [MaxDeliveries]*Delivery
	held []*Delivery // held until the next one is sent
}

// New makes a notifier.
func New(cfg Config) *Notifier { return &Notifier{cfg: cfg, client: newClient(cfg.Hosts)} }

// Close closes connections.
func (n *Notifier) Close() { n.client.CloseIdleConnections() }

package notice

import (
	"net/http"
	"sync"

	"github.com/wxgen/wxgen/internal/mock/clock"
	"github.com/wxgen/wxgen/internal/mock/desc"
	"github.com/wxgen/wxgen/internal/mock/fault"
	"github.com/wxgen/wxgen/internal/mock/keys"
)

// Config is what a notifier is made of.
type Config struct {
	Ring    *keys.Ring
	Set     *desc.Set
	Clock   *clock.Clock
	Faults  *fault.Set
	Seed    string
	Hosts   []string       // beyond loopback
	Probes  int            // before every so manieth delivery comes a probe; 0 is never
	Changed func(id int64) // is told of each try
}

// Notifier delivers. It is safe for concurrent use.
type Notifier struct {
	cfg    Config
	client *http.Client

	mu   sync.Mutex
	last int64
	ring [MaxDeliveries]*Delivery
	held []*Delivery // until the next one is out
}

// New makes a notifier.
func New(cfg Config) *Notifier { return &Notifier{cfg: cfg, client: newClient(cfg.Hosts)} }

// Close closes connections.
func (n *Notifier) Close() { n.client.CloseIdleConnections() }
